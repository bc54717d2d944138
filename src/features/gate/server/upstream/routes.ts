import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf } from '#platform/shared/page.ts';
import {
  adoptDifferenceSchema,
  type BlockList,
  blockAnswerSchema,
  blockDifferenceSchema,
  blockListSchema,
  differenceQuerySchema,
  setBlockListSchema,
} from '../../contract.ts';
import { answerBlock } from '../answer-block.ts';
import { adoptListed, removeListed } from './decide-difference.ts';
import { requestCheck, setBlockList } from './set-block-list.ts';
import { findBlockList, listDifferences } from './upstream-queries.ts';

const params = z.object({ id: idSchema });
const tags = ['gate'];
const refusals = problems(400, 401, 403, 404, 413, 415, 422);

const readList = async (
  deps: Deps,
  { workspaceId }: Actor,
  channelId: string,
): Promise<BlockList> => {
  const list = await findBlockList(deps.db, { workspaceId, channelId });
  if (list === undefined) {
    throw notFound('channel');
  }
  return list;
};

const listRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/channels/:id/block-list',
      {
        config: { right: 'channel.manage' },
        schema: {
          tags,
          operationId: 'getBlockList',
          summary: "How it stands between the blocks here and WhatsApp's own list of a number",
          params,
          response: { 200: blockListSchema, ...problems(400, 401, 403, 404, 422) },
        },
      },
      (request) => readList(deps, requireActor(request), request.params.id),
    );
    app.patch(
      '/channels/:id/block-list',
      {
        config: { right: 'channel.manage' },
        schema: {
          tags,
          operationId: 'setBlockList',
          summary: "Switches WhatsApp's own list on or off for a number",
          description:
            'Off, what Guarita put on the list is taken off it. Blocks here are not touched.',
          params,
          body: setBlockListSchema,
          response: { 200: blockListSchema, ...refusals },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) => setBlockList(ctx, request.params.id, request.body.isOn));
        return readList(deps, actor, request.params.id);
      },
    );
    app.post(
      '/channels/:id/block-list/checks',
      {
        config: { right: 'channel.manage' },
        schema: {
          tags,
          operationId: 'checkBlockList',
          summary: "Has WhatsApp's list of a number read now",
          description: 'Answers at once with what is known; `checkedAt` moves when it is done.',
          params,
          response: { 202: blockListSchema, ...refusals, ...problems(409) },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) => requestCheck(ctx, request.params.id));
        return reply.status(202).send(await readList(deps, actor, request.params.id));
      },
    );
  };

const differenceRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/channels/:id/block-list/differences',
      {
        config: { right: 'channel.manage' },
        schema: {
          tags,
          operationId: 'listBlockDifferences',
          summary: 'Who is blocked here and not there, or there and not here, newest first',
          params,
          querystring: differenceQuerySchema,
          response: { 200: pageOf(blockDifferenceSchema), ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { workspaceId } = actor;
        const channelId = request.params.id;
        await readList(deps, actor, channelId);
        return listDifferences(deps.db, { ...request.query, workspaceId, channelId });
      },
    );
    app.post(
      '/block-differences/:id/adoption',
      {
        config: { right: 'block.manage' },
        schema: {
          tags,
          operationId: 'adoptBlockDifference',
          summary: 'Blocks here as well who is on the list of a number',
          params,
          body: adoptDifferenceSchema,
          response: { 200: blockAnswerSchema, ...refusals },
        },
      },
      (request) => {
        const { reason, note = null, expiresAt } = request.body;
        const end = expiresAt === undefined ? null : new Date(expiresAt);
        return answerBlock(deps, requireActor(request), (ctx) =>
          adoptListed(ctx, request.params.id, { reason, note, expiresAt: end }),
        );
      },
    );
    app.delete(
      '/block-differences/:id',
      {
        config: { right: 'block.manage' },
        schema: {
          tags,
          operationId: 'removeBlockDifference',
          summary: 'Has somebody taken off the list of a number',
          params,
          response: { 204: z.null(), ...refusals },
        },
      },
      async (request, reply) => {
        await inTx(deps, requireActor(request), (ctx) => removeListed(ctx, request.params.id));
        return reply.status(204).send(null);
      },
    );
  };

/** WhatsApp's own lists, for administrators. */
export const upstreamRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(listRoutes(deps));
    await app.register(differenceRoutes(deps));
  };
