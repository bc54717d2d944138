import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf } from '#platform/shared/page.ts';
import { blockSchema } from '../../contract.ts';
import {
  blockCountsSchema,
  blockersQuerySchema,
  blockersSchema,
  blockQuerySchema,
  blockReviewSettingsSchema,
  setBlockReviewSettingsSchema,
} from '../../list/contract.ts';
import { findBlock } from '../queries.ts';
import { listBlocks } from './list-queries.ts';
import { changeReviewSettings, reviewBlock } from './review-block.ts';
import { countBlocks, findReviewDays, listBlockers } from './review-queries.ts';

const tags = ['gate'];
const reading = problems(400, 401, 403, 422);
const changing = problems(400, 401, 403, 413, 415, 422);

const readRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const config = { right: 'block.see-details' } as const;
    app.get(
      '/blocks',
      {
        config,
        schema: {
          tags,
          operationId: 'listBlocks',
          summary: 'Blocks, searched, filtered and sorted',
          querystring: blockQuerySchema,
          response: { 200: pageOf(blockSchema), ...reading },
        },
      },
      (request) => listBlocks(deps.db, requireActor(request).workspaceId, request.query),
    );
    app.get(
      '/blocks/counts',
      {
        config,
        schema: {
          tags,
          operationId: 'countBlocks',
          summary: 'How many blocks hold, have ended, and are to be looked at again',
          response: { 200: blockCountsSchema, ...reading },
        },
      },
      (request) => countBlocks(deps.db, requireActor(request).workspaceId),
    );
    app.get(
      '/blocks/starters',
      {
        config,
        schema: {
          tags,
          operationId: 'listBlockers',
          summary: 'Who opened the blocks that nobody has lifted, or any of them',
          querystring: blockersQuerySchema,
          response: { 200: blockersSchema, ...reading },
        },
      },
      async (request) => ({
        items: await listBlockers(deps.db, requireActor(request).workspaceId, request.query.state),
        nextCursor: null,
      }),
    );
  };

const reviewRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/contacts/:id/block/review',
      {
        config: { right: 'block.manage' },
        schema: {
          tags,
          operationId: 'reviewBlock',
          summary:
            'Keeps a block that was looked at: it is not to be reviewed for as long as a new one',
          params: z.object({ id: idSchema }),
          response: {
            200: z.object({ block: blockSchema.nullable() }),
            ...changing,
            ...problems(404, 409),
          },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const blockId = await inTx(deps, actor, (ctx) => reviewBlock(ctx, request.params.id));
        return { block: await findBlock(deps.db, actor.workspaceId, blockId) };
      },
    );
    app.get(
      '/blocks/settings',
      {
        config: { right: 'block.see-details' },
        schema: {
          tags,
          operationId: 'getBlockReviewSettings',
          summary: 'After how many days a block that does not end soon is to be looked at again',
          response: { 200: blockReviewSettingsSchema, ...reading },
        },
      },
      async (request) => ({
        afterDays: await findReviewDays(deps.db, requireActor(request).workspaceId),
      }),
    );
    app.put(
      '/blocks/settings',
      {
        config: { right: 'settings.manage' },
        schema: {
          tags,
          operationId: 'setBlockReviewSettings',
          summary:
            'Sets after how many days a block that does not end soon is to be looked at again',
          body: setBlockReviewSettingsSchema,
          response: { 200: blockReviewSettingsSchema, ...changing },
        },
      },
      async (request) => {
        const { afterDays } = request.body;
        await inTx(deps, requireActor(request), (ctx) => changeReviewSettings(ctx, afterDays));
        return { afterDays };
      },
    );
  };

/** The page of blocks: the list, what is counted of it, and looking at old ones again. */
export const listRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readRoutes(deps));
    await app.register(reviewRoutes(deps));
  };
