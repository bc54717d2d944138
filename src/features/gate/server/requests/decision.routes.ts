import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import {
  approveBlockRequestSchema,
  approvedBlockRequestSchema,
  blockRequestSchema,
  blockRequestSettingsSchema,
  refuseBlockRequestSchema,
  setBlockRequestSettingsSchema,
} from '../../requests/contract.ts';
import { awaitWire } from '../await-wire.ts';
import { findBlock, findOnWire } from '../queries.ts';
import { changeRequestSettings } from './change-settings.ts';
import { approveBlockRequest, refuseBlockRequest } from './decide-request.ts';
import { readRequest } from './request.routes.ts';
import { findAnswerHours } from './request-queries.ts';

const params = z.object({ id: idSchema });
const tags = ['gate'];
const config = { right: 'block.decide' } as const;

const decisionRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/block-requests/:id/approve',
      {
        // It becomes a block, by the gate's own action.
        config: { ...config, alsoRights: ['block.manage'] },
        schema: {
          tags,
          operationId: 'approveBlockRequest',
          summary: 'Blocks the contact as asked',
          description:
            'Answers as blocking does: once nothing can go through any more, waiting up to 10 s for requests that were under way.',
          params,
          body: approveBlockRequestSchema,
          response: {
            200: approvedBlockRequestSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { workspaceId } = actor;
        const { reason, note, expiresAt, upstream } = request.body;
        const approval = {
          requestId: request.params.id,
          reason,
          note: note || null,
          expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
          upstream: upstream ?? true,
        };
        const { blockId, isNew, onWire } = await inTx(deps, actor, async (ctx) => {
          const approved = await approveBlockRequest(ctx, approval);
          const { contactId } = approved;
          return { ...approved, onWire: await findOnWire(ctx.tx, workspaceId, contactId) };
        });
        const stillOnWire = await awaitWire(deps.db, workspaceId, onWire);
        const block = await findBlock(deps.db, workspaceId, blockId);
        if (block === null) {
          throw new Error('a block that was just opened is not there');
        }
        const answered = await readRequest(deps, actor, request.params.id);
        return { request: answered, block, isNew, stillOnWire };
      },
    );
    app.post(
      '/block-requests/:id/refuse',
      {
        config,
        schema: {
          tags,
          operationId: 'refuseBlockRequest',
          summary: 'Refuses the request, with a word back to those who asked',
          params,
          body: refuseBlockRequestSchema,
          response: {
            200: blockRequestSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { id } = request.params;
        const answer = request.body.answer || null;
        await inTx(deps, actor, (ctx) => refuseBlockRequest(ctx, id, answer));
        return readRequest(deps, actor, id);
      },
    );
  };

const settingRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/block-requests/settings',
      {
        config: { right: 'settings.manage' },
        schema: {
          tags: ['settings'],
          operationId: 'getBlockRequestSettings',
          summary: 'After how long a request without an answer is brought up again',
          response: { 200: blockRequestSettingsSchema, ...problems(401, 403) },
        },
      },
      async (request) => ({
        answerWithinHours: await findAnswerHours(deps.db, requireActor(request).workspaceId),
      }),
    );
    app.put(
      '/block-requests/settings',
      {
        config: { right: 'settings.manage' },
        schema: {
          tags: ['settings'],
          operationId: 'setBlockRequestSettings',
          summary: 'Sets after how long a request without an answer is brought up again',
          body: setBlockRequestSettingsSchema,
          response: { 200: blockRequestSettingsSchema, ...problems(400, 401, 403, 413, 415, 422) },
        },
      },
      async (request) => {
        const { answerWithinHours } = request.body;
        await inTx(deps, requireActor(request), (ctx) =>
          changeRequestSettings(ctx, answerWithinHours),
        );
        return { answerWithinHours };
      },
    );
  };

export const requestDecisionRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(decisionRoutes(deps));
    await app.register(settingRoutes(deps));
  };
