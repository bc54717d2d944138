import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import {
  askNameRemovalSchema,
  decidedRemovalSchema,
  decideNameRemovalSchema,
  removalRequestSchema,
  removeNameAtSightSchema,
  revealedNameSchema,
} from '../../contract.ts';
import { decided } from '../decision.routes.ts';
import { readRequest } from '../read-request.ts';
import { askForName } from './ask-name.ts';
import { decideName, revealName } from './decide-name.ts';
import { removeNameAtSight } from './remove-name-at-sight.ts';

const params = z.object({ id: idSchema });
const tags = ['removals'];

const reviewRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const config = { right: 'removal.review' } as const;
    app.post(
      '/removal-requests/:id/name/reveal',
      {
        config,
        schema: {
          tags,
          operationId: 'revealRemovalName',
          summary: 'What a contact is called under the cover; each look is in the audit log',
          params,
          response: {
            200: revealedNameSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      (request) => inTx(deps, requireActor(request), (ctx) => revealName(ctx, request.params.id)),
    );
    app.post(
      '/removal-requests/:id/name/decision',
      {
        config,
        schema: {
          tags,
          operationId: 'decideNameRemoval',
          summary: 'Decides about a name: removed for good and not learnt again, or back as it was',
          description:
            'For some reasons two people must say that it goes: the first word only proposes. `block` shuts the contact out in the same step and is for administrators; a key needs `blocks:write` for it.',
          params,
          body: decideNameRemovalSchema,
          response: {
            200: decidedRemovalSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      (request) => {
        const { decision, reason, answer, block } = request.body;
        const said = { decision, reason, answer: answer || null, block };
        return decided(deps, requireActor(request), (ctx) =>
          decideName(ctx, request.params.id, said),
        );
      },
    );
  };

export const nameRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(reviewRoutes(deps));
    app.post(
      '/contacts/:id/name-removals',
      {
        config: { right: 'removal.review' },
        schema: {
          tags,
          operationId: 'removeName',
          summary: 'Takes out the name of a contact that a moderator met',
          description:
            'A request that is opened and decided in one step, so that the record is there. Where two people must say so, this is the first word. `block` shuts the contact out in the same step and is for administrators; a key needs `blocks:write` for it.',
          params,
          body: removeNameAtSightSchema,
          response: {
            200: decidedRemovalSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429),
          },
        },
      },
      (request) => {
        const { reason, note, block } = request.body;
        const met = { contactId: request.params.id, reason, note: note || null, block };
        return decided(deps, requireActor(request), (ctx) => removeNameAtSight(ctx, met));
      },
    );
    app.post(
      '/contacts/:id/name-removal-requests',
      {
        config: { right: 'removal.ask' },
        schema: {
          tags,
          operationId: 'requestNameRemoval',
          summary: 'Asks for the name of a contact to be taken out; it is covered at once',
          description:
            'Until the responsible team decides, the masked number stands for the name everywhere. Whoever asks for a name that is covered joins that request.',
          params,
          body: askNameRemovalSchema,
          response: {
            201: removalRequestSchema,
            ...problems(400, 401, 403, 404, 413, 415, 422, 429),
          },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const { reason, note } = request.body;
        const asked = { contactId: request.params.id, reason, note: note || null };
        const id = await inTx(deps, actor, (ctx) => askForName(ctx, asked));
        return reply.status(201).send(await readRequest(deps, actor, id));
      },
    );
  };
