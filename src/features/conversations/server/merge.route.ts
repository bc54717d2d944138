import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { mergeContactsSchema, mergedContactSchema } from '#features/contacts/contract.ts';
import { findContact } from '#features/contacts/server/index.ts';
import { awaitWire, findOnWire } from '#features/gate/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { mergeContacts } from './merge-contacts.ts';

const params = z.object({ id: idSchema });

/** Stands here and not in contacts: a merge moves conversations. */
export const mergeRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/contacts/:id/merge',
      {
        // A merge can block people, and a split set them free.
        config: { right: 'contact.merge', alsoRights: ['block.manage'] },
        schema: {
          tags: ['contacts'],
          operationId: 'mergeContacts',
          summary:
            'Makes one contact of two; a block of either holds for both unless it is lifted by this',
          params,
          description:
            'With somebody blocked it is a block: it waits up to 10 s for requests that were under way, and names those without an end.',
          body: mergeContactsSchema,
          response: {
            200: mergedContactSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { otherContactId: other, keepBlock } = request.body;
        const { keptId, onWire } = await inTx(deps, actor, async (ctx) => {
          const kept = await mergeContacts(ctx, request.params.id, other, { keepBlock });
          return { keptId: kept, onWire: await findOnWire(ctx.tx, actor.workspaceId, kept) };
        });
        const contact = await findContact(deps.db, actor.workspaceId, keptId);
        if (contact === undefined) {
          throw notFound('contact');
        }
        // A merge with a blocked contact is a block: what is on the wire is waited for.
        const stillOnWire = contact.isBlocked
          ? await awaitWire(deps.db, actor.workspaceId, onWire)
          : [];
        return { ...contact, stillOnWire };
      },
    );
  };
