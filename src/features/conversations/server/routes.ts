import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor, requireCan, requirePerson } from '#features/accounts/server/index.ts';
import type { Actor, Ctx, Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf } from '#platform/shared/page.ts';
import { channelListSchema } from '../channels/contract.ts';
import {
  assignSchema,
  type Conversation,
  conversationCountsQuerySchema,
  conversationCountsSchema,
  conversationQuerySchema,
  conversationSchema,
  startConversationSchema,
} from '../contract.ts';
import { assignConversation, setConversationStatus } from './assign-conversation.ts';
import { findConversations, listConversations } from './conversation-queries.ts';
import { createCounts } from './count-queries.ts';
import { markRead } from './mark-read.ts';
import { listChannels } from './message-queries.ts';
import { prepareStart, startConversation } from './start-conversation.ts';

const params = z.object({ id: idSchema });
const tags = ['conversations'];
const read = { right: 'conversation.read' } as const;
const answer = { right: 'conversation.answer' } as const;
const one = { 200: conversationSchema, ...problems(400, 401, 403, 404, 422) };
/** What reads a body may also find it too large, or not JSON. */
const changed = { ...one, ...problems(413, 415) };

const findOne = async (deps: Deps, actor: Actor, id: string): Promise<Conversation> => {
  const [conversation] = await findConversations(deps.db, actor.workspaceId, [id], actor);
  if (conversation === undefined) {
    throw notFound('conversation');
  }
  return conversation;
};

const listRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const countConversations = createCounts(deps.db);
    app.get(
      '/conversations',
      {
        config: read,
        schema: {
          tags,
          operationId: 'listConversations',
          summary: 'Conversations of a view, newest activity first',
          querystring: conversationQuerySchema,
          response: { 200: pageOf(conversationSchema), ...problems(400, 401, 403, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        if (request.query.view === 'blocked') {
          requireCan(actor, 'block.see-details');
        }
        return listConversations(deps.db, actor, request.query);
      },
    );
    app.get(
      '/conversations/counts',
      {
        config: read,
        schema: {
          tags,
          operationId: 'countConversations',
          summary: 'Open and unread conversations of each tab',
          querystring: conversationCountsQuerySchema,
          response: { 200: conversationCountsSchema, ...problems(400, 401, 403, 422) },
        },
      },
      (request) => countConversations(requireActor(request), request.query.channelId),
    );
    app.get(
      '/conversations/:id',
      {
        config: read,
        schema: {
          tags,
          operationId: 'getConversation',
          summary: 'One conversation',
          params,
          response: one,
        },
      },
      (request) => findOne(deps, requireActor(request), request.params.id),
    );
    app.get(
      '/channels',
      {
        config: read,
        schema: {
          tags,
          operationId: 'listChannels',
          summary: 'Our numbers',
          response: { 200: channelListSchema, ...problems(401, 403) },
        },
      },
      async (request) => ({
        items: await listChannels(deps.db, requireActor(request).workspaceId),
        nextCursor: null,
        simulatorUrl: deps.config.simulatorUrl ?? null,
      }),
    );
  };

/** Runs the action, answers the conversation as it is then. */
const change = async (
  deps: Deps,
  actor: Actor,
  id: string,
  work: (ctx: Ctx) => Promise<void>,
): Promise<Conversation> => {
  await inTx(deps, actor, work);
  return findOne(deps, actor, id);
};

const workRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/conversations',
      {
        config: answer,
        schema: {
          tags,
          operationId: 'startConversation',
          summary: 'Finds or makes the conversation with a number',
          body: startConversationSchema,
          response: changed,
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { phone, name, channelId } = request.body;
        const input = { phone, name: name ?? null, channelId: channelId ?? null };
        await prepareStart(deps, actor.workspaceId, input.phone);
        const id = await inTx(deps, actor, (ctx) => startConversation(ctx, input));
        return findOne(deps, actor, id);
      },
    );
    app.post(
      '/conversations/:id/assign',
      {
        config: answer,
        schema: {
          tags,
          operationId: 'assignConversation',
          summary: 'Gives the conversation to a colleague, or back to the queue',
          params,
          body: assignSchema,
          response: changed,
        },
      },
      (request) =>
        change(deps, requireActor(request), request.params.id, (ctx) =>
          assignConversation(ctx, request.params.id, request.body.assigneeId),
        ),
    );
    app.post(
      '/conversations/:id/take',
      {
        config: { ...answer, isForPeople: true },
        schema: {
          tags,
          operationId: 'takeConversation',
          summary: 'Takes the conversation; for people, not for keys',
          params,
          response: changed,
        },
      },
      (request) => {
        const actor = requireActor(request);
        const assigneeId = requirePerson(actor);
        return change(deps, actor, request.params.id, (ctx) =>
          assignConversation(ctx, request.params.id, assigneeId),
        );
      },
    );
  };

const stateRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    for (const [verb, status] of [
      ['resolve', 'resolved'],
      ['reopen', 'open'],
    ] as const) {
      app.post(
        `/conversations/:id/${verb}`,
        {
          config: answer,
          schema: {
            tags,
            operationId: `${verb}Conversation`,
            summary: `Sets the status to ${status}`,
            params,
            response: changed,
          },
        },
        (request) =>
          change(deps, requireActor(request), request.params.id, (ctx) =>
            setConversationStatus(ctx, request.params.id, status),
          ),
      );
    }
    app.post(
      '/conversations/:id/read',
      {
        // The person is told by a read mark: more than reading.
        config: answer,
        schema: {
          tags,
          operationId: 'markConversationRead',
          summary: 'Sets unread to none',
          params,
          response: changed,
        },
      },
      (request) =>
        change(deps, requireActor(request), request.params.id, (ctx) =>
          markRead(ctx, request.params.id),
        ),
    );
  };

export const conversationRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(listRoutes(deps));
    await app.register(workRoutes(deps));
    await app.register(stateRoutes(deps));
  };
