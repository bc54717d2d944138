import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { messageSchema } from '#features/conversations/contract.ts';
import { findMessages, listSameBytes } from '#features/conversations/server/index.ts';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { wholeListOf } from '#platform/shared/page.ts';
import { revealedMessageSchema, sameBytesSchema } from '../contract.ts';
import { readRequest } from './read-request.ts';
import { revealItem } from './reveal-item.ts';
import { findAround } from './talk-queries.ts';

const params = z.object({ id: idSchema });
const itemParams = z.object({ id: idSchema, messageId: idSchema });
const tags = ['removals'];
const config = { right: 'removal.review' } as const;
/** Of the same bytes; more cannot be ticked at once either. */
const mostSame = 200;

/**
 * @returns all that the request asks for
 * @throws AppError removal-request-not-found, message-not-found when it is no item of the request
 */
const requireItem = async (
  deps: Deps,
  actor: Actor,
  id: string,
  messageId: string,
): Promise<ReadonlySet<string>> => {
  const { items } = await readRequest(deps, actor, id);
  const ids = new Set(items.map((item) => item.messageId));
  if (!ids.has(messageId)) {
    throw notFound('message');
  }
  return ids;
};

/** What whoever reviews looks at before deciding. */
export const lookRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/removal-requests/:id/items/:messageId/reveal',
      {
        config,
        schema: {
          tags,
          operationId: 'revealRemovalItem',
          summary: 'What is under the cover of one message; each look is in the audit log',
          params: itemParams,
          response: {
            200: revealedMessageSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      (request) => {
        const { id, messageId } = request.params;
        return inTx(deps, requireActor(request), (ctx) => revealItem(ctx, id, messageId));
      },
    );
    app.get(
      '/removal-requests/:id/items/:messageId/same-bytes',
      {
        config,
        schema: {
          tags,
          operationId: 'listSameBytes',
          summary:
            'Messages that the request does not ask for with the very same file, which go along only if they are named',
          params: itemParams,
          response: { 200: wholeListOf(sameBytesSchema), ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { id, messageId } = request.params;
        // What is asked to go in the same place is decided there.
        const asked = await requireItem(deps, actor, id, messageId);
        const most = mostSame + asked.size;
        const found = await listSameBytes(deps.db, actor.workspaceId, messageId, most);
        const items = found
          .filter((one) => !asked.has(one.messageId))
          .slice(0, mostSame)
          .map(({ at, ...one }) => ({ ...one, at: at.toISOString() }));
        return { items, nextCursor: null };
      },
    );
    app.get(
      '/removal-requests/:id/context',
      {
        config,
        schema: {
          tags,
          operationId: 'getRemovalContext',
          summary: 'The messages around an item, newest first, withheld like anywhere else',
          params,
          querystring: z.object({ messageId: idSchema }),
          response: { 200: wholeListOf(messageSchema), ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { id } = request.params;
        const { messageId } = request.query;
        await requireItem(deps, actor, id, messageId);
        const ids = await findAround(deps.db, actor.workspaceId, id, messageId);
        const items = await findMessages(deps.db, actor.workspaceId, ids, actor);
        return { items, nextCursor: null };
      },
    );
  };
