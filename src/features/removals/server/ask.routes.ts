import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf, wholeListOf } from '#platform/shared/page.ts';
import {
  askedRemovalSchema,
  askRemovalSchema,
  removalCountsSchema,
  removalQuerySchema,
  removalRequestSchema,
} from '../contract.ts';
import { acknowledgeRequest } from './acknowledge-request.ts';
import { openRequest } from './open-request.ts';
import { readRequest } from './read-request.ts';
import {
  countRemovalRequests,
  listOwnRemovalRequests,
  listRemovalRequests,
} from './request-queries.ts';

const params = z.object({ id: idSchema });
const tags = ['removals'];
const config = { right: 'removal.ask' } as const;

const readRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/removal-requests',
      {
        config,
        schema: {
          tags,
          operationId: 'listRemovalRequests',
          summary:
            'Removal requests: all for whoever reviews, else those that the caller asked for',
          description:
            'Those that wait: first what somebody asks of their own messages, then by when they are due. All others by their number, newest first. Nothing of a message’s content is in them.',
          querystring: removalQuerySchema,
          response: { 200: pageOf(removalRequestSchema), ...problems(400, 401, 403, 422) },
        },
      },
      (request) => listRemovalRequests(deps.db, requireActor(request), request.query),
    );
    app.get(
      '/removal-requests/own',
      {
        config,
        schema: {
          tags,
          operationId: 'listOwnRemovalRequests',
          summary:
            'What the caller asked for, the latest 101: still waiting, or decided and not acknowledged',
          response: { 200: wholeListOf(removalRequestSchema), ...problems(401, 403) },
        },
      },
      async (request) => ({
        items: await listOwnRemovalRequests(deps.db, requireActor(request)),
        nextCursor: null,
      }),
    );
    app.get(
      '/removal-requests/counts',
      {
        config,
        schema: {
          tags,
          operationId: 'countRemovalRequests',
          summary:
            'How many requests wait, how many longer than they should, how many with the caller',
          response: { 200: removalCountsSchema, ...problems(401, 403) },
        },
      },
      (request) => countRemovalRequests(deps.db, requireActor(request)),
    );
    app.get(
      '/removal-requests/:id',
      {
        config,
        schema: {
          tags,
          operationId: 'getRemovalRequest',
          summary: 'One removal request',
          params,
          response: { 200: removalRequestSchema, ...problems(400, 401, 403, 404, 422) },
        },
      },
      (request) => readRequest(deps, requireActor(request), request.params.id),
    );
  };

export const askRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readRoutes(deps));
    app.post(
      '/messages/removal-requests',
      {
        config,
        schema: {
          tags,
          operationId: 'requestRemoval',
          summary:
            'Asks for messages of one conversation to be taken out; they are covered at once',
          description:
            'Covered for everybody, copies that were forwarded too, until the responsible team decides. What somebody asked for already joins that request.',
          body: askRemovalSchema,
          response: {
            201: askedRemovalSchema,
            ...problems(400, 401, 403, 404, 413, 415, 422, 429),
          },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const { messageIds, reason, note } = request.body;
        const asked = { messageIds, reason, note: note || null };
        const { requests, coveredIds } = await inTx(deps, actor, (ctx) => openRequest(ctx, asked));
        return reply.status(201).send({
          requests: await Promise.all(requests.map(({ id }) => readRequest(deps, actor, id))),
          coveredMessageIds: [...coveredIds],
        });
      },
    );
    app.post(
      '/removal-requests/:id/acknowledge',
      {
        config,
        schema: {
          tags,
          operationId: 'acknowledgeRemovalRequest',
          summary: 'The caller, who asked, has read what was decided',
          params,
          response: { 204: z.null(), ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) => acknowledgeRequest(ctx, request.params.id));
        return reply.status(204).send(null);
      },
    );
  };
