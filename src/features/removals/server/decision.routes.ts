import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { awaitWire, findOnWire } from '#features/gate/server/index.ts';
import type { Actor, Ctx, Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import {
  assignRemovalSchema,
  type DecidedRemoval,
  decidedRemovalSchema,
  decideRemovalSchema,
  removalRequestSchema,
  removeAtSightSchema,
} from '../contract.ts';
import { assignRequest } from './assign-request.ts';
import { type Decided, decideRequest, removeAtSight } from './decide-request.ts';
import { readRequest } from './read-request.ts';
import { retryChecklist } from './settle-request.ts';

const params = z.object({ id: idSchema });
const tags = ['removals'];
const config = { right: 'removal.review' } as const;
const refusals = problems(400, 401, 403, 404, 409, 413, 415, 422);
const response = { 200: removalRequestSchema, ...refusals };
const decidedResponse = { 200: decidedRemovalSchema, ...refusals };

/**
 * Decides, and answers once nothing can reach a contact that was blocked along with it, or tells what still may (as blocking
 * itself does).
 */
export const decided = async (
  deps: Deps,
  actor: Actor,
  decide: (ctx: Ctx) => Promise<Decided>,
): Promise<DecidedRemoval> => {
  const { workspaceId } = actor;
  const { requestId, onWire, blockedBefore } = await inTx(deps, actor, async (ctx) => {
    const end = await decide(ctx);
    const contactId = end.blockedContactId;
    return {
      ...end,
      onWire: contactId === null ? [] : await findOnWire(ctx.tx, workspaceId, contactId),
    };
  });
  const stillOnWire = await awaitWire(deps.db, workspaceId, onWire);
  return { ...(await readRequest(deps, actor, requestId)), stillOnWire, blockedBefore };
};

const decideRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/removal-requests/:id/decisions',
      {
        config,
        schema: {
          tags,
          operationId: 'decideRemovalRequest',
          summary: 'Decides items of a request: removed for good, or back as they were',
          description:
            'For some reasons two people must say that content is to go: the first word only proposes. `block` shuts the contact out in the same step and is for administrators; a key needs `blocks:write` for it.',
          params,
          body: decideRemovalSchema,
          response: decidedResponse,
        },
      },
      (request) => {
        const { items, answer, block } = request.body;
        const decisions = { items, answer: answer || null, block };
        return decided(deps, requireActor(request), (ctx) =>
          decideRequest(ctx, request.params.id, decisions),
        );
      },
    );
    app.post(
      '/messages/removals',
      {
        config,
        schema: {
          tags,
          operationId: 'removeMessages',
          summary: 'Takes out messages of one conversation that a moderator met',
          description:
            'A request that is opened and decided in one step, so that the record is there. Where two people must say so, this is the first word.',
          body: removeAtSightSchema,
          response: { ...decidedResponse, ...problems(429) },
        },
      },
      (request) => {
        const { messageIds, reason, note, block } = request.body;
        const met = { messageIds, reason, note: note || null, block };
        return decided(deps, requireActor(request), (ctx) => removeAtSight(ctx, met));
      },
    );
  };

export const decisionRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(decideRoutes(deps));
    app.put(
      '/removal-requests/:id/assignee',
      {
        config,
        schema: {
          tags,
          operationId: 'assignRemovalRequest',
          summary: 'Gives a request to a moderator or an administrator, or back to all of them',
          params,
          body: assignRemovalSchema,
          response,
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { id } = request.params;
        await inTx(deps, actor, (ctx) => assignRequest(ctx, id, request.body.assigneeId));
        return readRequest(deps, actor, id);
      },
    );
    app.post(
      '/removal-requests/:id/retry',
      {
        config,
        schema: {
          tags,
          operationId: 'retryRemoval',
          summary: 'Tries now what of the checklist is not done',
          params,
          response,
        },
      },
      async (request) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) => retryChecklist(ctx, request.params.id));
        return readRequest(deps, actor, request.params.id);
      },
    );
  };
