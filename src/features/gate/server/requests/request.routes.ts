import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf, wholeListOf } from '#platform/shared/page.ts';
import {
  type BlockRequest,
  blockRequestCountsSchema,
  blockRequestQuerySchema,
  blockRequestSchema,
  requestBlockSchema,
} from '../../requests/contract.ts';
import { acknowledgeBlockRequest } from './decide-request.ts';
import { requestBlock } from './request-block.ts';
import {
  countBlockRequests,
  findBlockRequest,
  listBlockRequests,
  listOwnBlockRequests,
} from './request-queries.ts';

const params = z.object({ id: idSchema });
const tags = ['gate'];
const config = { right: 'block.request' } as const;

/** @throws AppError block-request-not-found when it is not there, or not theirs to see */
export const readRequest = async (deps: Deps, actor: Actor, id: string): Promise<BlockRequest> => {
  const request = await findBlockRequest(deps.db, actor, id);
  if (request === undefined) {
    throw notFound('block-request');
  }
  return request;
};

const readRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/block-requests',
      {
        config,
        schema: {
          tags,
          operationId: 'listBlockRequests',
          summary: 'Requests for a block: all for whoever decides, else the own ones',
          description:
            'Open ones in the order in which they are to be decided: what was brought up most often, then whoever waits longest. Others newest first.',
          querystring: blockRequestQuerySchema,
          response: { 200: pageOf(blockRequestSchema), ...problems(400, 401, 403, 422) },
        },
      },
      (request) => listBlockRequests(deps.db, requireActor(request), request.query),
    );
    app.get(
      '/block-requests/own',
      {
        config,
        schema: {
          tags,
          operationId: 'listOwnBlockRequests',
          summary:
            'What the caller asked for, the latest 200: still open, or decided and not acknowledged',
          response: { 200: wholeListOf(blockRequestSchema), ...problems(401, 403) },
        },
      },
      async (request) => ({
        items: await listOwnBlockRequests(deps.db, requireActor(request)),
        nextCursor: null,
      }),
    );
    app.get(
      '/block-requests/counts',
      {
        config,
        schema: {
          tags,
          operationId: 'countBlockRequests',
          summary: 'How many requests wait, and how many of them longer than they should',
          response: { 200: blockRequestCountsSchema, ...problems(401, 403) },
        },
      },
      (request) => countBlockRequests(deps.db, requireActor(request)),
    );
    app.get(
      '/block-requests/:id',
      {
        config,
        schema: {
          tags,
          operationId: 'getBlockRequest',
          summary: 'One request for a block',
          params,
          response: { 200: blockRequestSchema, ...problems(400, 401, 403, 404, 422) },
        },
      },
      (request) => readRequest(deps, requireActor(request), request.params.id),
    );
  };

const askRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/contacts/:id/block-requests',
      {
        config,
        schema: {
          tags,
          operationId: 'requestBlock',
          summary: 'Asks the administration to block a contact, or joins the request that is open',
          description:
            '201 when it opened the request, 200 when it joined one or said its own anew. The last messages of the contact are attached by reference.',
          params,
          body: requestBlockSchema,
          response: {
            200: blockRequestSchema,
            201: blockRequestSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429),
          },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const { reason, note } = request.body;
        const asked = { contactId: request.params.id, reason, note: note || null };
        const { id, isNew } = await inTx(deps, actor, (ctx) => requestBlock(ctx, asked));
        return reply.status(isNew ? 201 : 200).send(await readRequest(deps, actor, id));
      },
    );
    app.post(
      '/block-requests/:id/acknowledge',
      {
        config,
        schema: {
          tags,
          operationId: 'acknowledgeBlockRequest',
          summary: 'The caller, who asked, has read what was decided',
          params,
          response: { 204: z.null(), ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) => acknowledgeBlockRequest(ctx, request.params.id));
        return reply.status(204).send(null);
      },
    );
  };

export const requestRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readRoutes(deps));
    await app.register(askRoutes(deps));
  };
