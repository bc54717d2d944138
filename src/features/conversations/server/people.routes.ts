import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { contactSchema } from '#features/contacts/contract.ts';
import {
  decideConflictSchema,
  decidedConflictSchema,
  splitContactSchema,
} from '#features/contacts/people/contract.ts';
import { findContact, readConflict } from '#features/contacts/server/index.ts';
import { awaitQuiet, awaitWire, findOnWire } from '#features/gate/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { decideConflict } from './decide-conflict.ts';
import { splitContact } from './split-contact.ts';

const params = z.object({ id: idSchema });
const tags = ['contacts'];

const splitRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/contacts/:id/split',
      {
        // A merge can block people, and a split set them free.
        config: { right: 'contact.merge', alsoRights: ['block.manage'] },
        schema: {
          tags,
          operationId: 'splitContact',
          summary: 'Takes identities out of a contact; answers the contact that has them now',
          description:
            'Into a new contact, or back into the one that a merge used up, with the messages that were its own. ' +
            'What waits to be sent to the contact fails, and a request under way is waited for up to 10 s.',
          params,
          body: splitContactSchema,
          response: { 200: contactSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { identityIds, keepBlock, givenName } = request.body;
        const input = {
          contactId: request.params.id,
          identityIds,
          keepBlock,
          givenName: givenName ?? null,
        };
        await awaitQuiet(deps.db, actor.workspaceId, input.contactId);
        const madeId = await inTx(deps, actor, (ctx) => splitContact(ctx, input));
        const made = await findContact(deps.db, actor.workspaceId, madeId);
        if (made === undefined) {
          throw notFound('contact');
        }
        return made;
      },
    );
  };

const decisionRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/identity-conflicts/:id/decision',
      {
        // A merge can block people, and a split set them free.
        config: { right: 'contact.merge', alsoRights: ['block.manage'] },
        schema: {
          tags,
          operationId: 'decideIdentityConflict',
          summary: 'Two people or one; what that means for a block',
          description:
            'What blocks somebody waits up to 10 s for requests that were under way, and names those without an end.',
          params,
          body: decideConflictSchema,
          response: {
            200: decidedConflictSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { workspaceId } = actor;
        const onWire = await inTx(deps, actor, async (ctx) => {
          const sides = await decideConflict(ctx, request.params.id, request.body);
          const open = [];
          for (const side of sides) {
            open.push(...(await findOnWire(ctx.tx, workspaceId, side)));
          }
          return open;
        });
        const conflict = await readConflict(deps.db, workspaceId, request.params.id);
        if (conflict === undefined) {
          throw notFound('conflict');
        }
        // What blocks somebody waits for what is on the wire (G2).
        const stillOnWire = conflict.contact.isBlocked
          ? await awaitWire(deps.db, workspaceId, onWire)
          : [];
        return { ...conflict, stillOnWire };
      },
    );
  };

/** Stands here and not in contacts: a split moves conversations, and so does a decision. */
export const peopleActionRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(splitRoute(deps));
    await app.register(decisionRoute(deps));
  };
