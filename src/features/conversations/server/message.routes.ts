import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { requestMedia } from '#features/media/server/index.ts';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf, pageQuerySchema } from '#platform/shared/page.ts';
import {
  forwardAnswerSchema,
  forwardSchema,
  foundMessageSchema,
  messageLimits,
  messageSchema,
  reactSchema,
  type SendMessage,
  searchMessagesSchema,
  sendHeadersSchema,
  sendMessageSchema,
  settleSchema,
} from '../contract.ts';
import { conversationMediaRoute } from './conversation-media.route.ts';
import { forwardMessage } from './forward-message.ts';
import { limitsOf } from './message-limits.ts';
import { findMessages, hasConversation, listMessages } from './message-queries.ts';
import { searchMessages } from './message-search-queries.ts';
import { reactToMessage } from './react-to-message.ts';
import { acceptedOf, withMessage } from './send-answer.ts';
import { type SendInput, sendMessage } from './send-message.ts';
import { settleUnknown } from './settle-unknown.ts';
import { structuredOf } from './structured.ts';
import { throwRefusal } from './throw-refusal.ts';

const params = z.object({ id: idSchema });
const tags = ['messages'];
const right = 'conversation.answer' as const;

const findOne = async (deps: Deps, actor: Actor, id: string) => {
  const [message] = await findMessages(deps.db, actor.workspaceId, [id], actor);
  if (message === undefined) {
    throw notFound('message');
  }
  return message;
};

/** What is said, and what goes with it. */
const contentOf = (
  body: SendMessage,
): Pick<SendInput, 'text' | 'media' | 'structured' | 'template'> => {
  switch (body.type) {
    case 'template':
      return { text: '', template: body };
    case 'text':
      return { text: body.text };
    case 'image':
    case 'video':
    case 'document':
      return { text: body.caption ?? '', media: { kind: body.type, uploadId: body.uploadId } };
    case 'audio':
    case 'voice':
    case 'sticker':
      return { text: '', media: { kind: body.type, uploadId: body.uploadId } };
    case 'location':
    case 'contacts':
    case 'buttons':
    case 'list':
      return { text: 'text' in body ? body.text : '', structured: structuredOf(body) };
  }
};

const threadRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/conversations/:id/messages',
      {
        config: { right: 'conversation.read' },
        schema: {
          tags,
          operationId: 'listMessages',
          summary: 'The history of a conversation, newest first',
          params,
          querystring: pageQuerySchema,
          response: { 200: pageOf(messageSchema), ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const page = await listMessages(deps.db, actor, request.params.id, request.query);
        // Where there is a message there is a conversation: it is asked for only where there is none.
        if (
          page.items.length === 0 &&
          !(await hasConversation(deps.db, actor.workspaceId, request.params.id))
        ) {
          throw notFound('conversation');
        }
        return page;
      },
    );

    app.post(
      '/conversations/:id/messages',
      {
        config: { right },
        attachValidation: true,
        schema: {
          tags,
          operationId: 'sendMessage',
          summary:
            'Accepts a text, a file, a place, cards, buttons, a list or a template for sending',
          description:
            'A blocked contact answers 409 `contact-blocked`; the attempt stays in the history as failed. Outside the ' +
            '24-hour window only a template is taken; what is wrong with its values is in `errors`. What is beyond ' +
            'WhatsApp’s limits answers 422 `message-limits`, each by its place in `errors`: ' +
            `${messageLimits.join(', ')}.`,
          params,
          headers: sendHeadersSchema,
          body: sendMessageSchema,
          response: { 202: messageSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        if (request.validationError) {
          throw limitsOf(request.validationError);
        }
        const actor = requireActor(request);
        const input = {
          conversationId: request.params.id,
          ...contentOf(request.body),
          replyToId: request.body.replyTo ?? null,
          forwardedFrom: null,
          idempotencyKey: request.headers['idempotency-key'] ?? null,
        };
        const answer = await inTx(deps, actor, async (ctx) =>
          withMessage(ctx, await sendMessage(ctx, input)),
        );
        return reply.status(202).send(acceptedOf(answer));
      },
    );
  };

const singleRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/messages/:id',
      {
        config: { right: 'conversation.read' },
        schema: {
          tags,
          operationId: 'getMessage',
          summary: 'One message',
          params,
          response: { 200: messageSchema, ...problems(400, 401, 403, 404, 422) },
        },
      },
      (request) => findOne(deps, requireActor(request), request.params.id),
    );

    app.post(
      '/messages/:id/forward',
      {
        config: { right },
        schema: {
          tags,
          operationId: 'forwardMessage',
          summary: 'Sends copies of a text, a file, a place or cards to other conversations',
          params,
          headers: sendHeadersSchema,
          body: forwardSchema,
          response: {
            200: forwardAnswerSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { conversationIds } = request.body;
        const key = request.headers['idempotency-key'] ?? null;
        const results = await inTx(deps, actor, (ctx) =>
          forwardMessage(ctx, request.params.id, conversationIds, key),
        );
        return { results };
      },
    );

    app.post(
      '/messages/:id/settle',
      {
        config: { right },
        schema: {
          tags,
          operationId: 'settleMessage',
          summary: 'Says how a message of unknown end fared',
          params,
          body: settleSchema,
          response: { 200: messageSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) =>
          settleUnknown(ctx, request.params.id, request.body.outcome),
        );
        return findOne(deps, actor, request.params.id);
      },
    );
  };

const reactionRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.put(
      '/messages/:id/reaction',
      {
        config: { right },
        schema: {
          tags,
          operationId: 'reactToMessage',
          summary: 'Puts our emoji on a message, or takes it back',
          description:
            'It is shown once WhatsApp has taken it. A blocked contact answers 409 `contact-blocked`, and the attempt stays in the history as failed.',
          params,
          headers: sendHeadersSchema,
          body: reactSchema,
          response: { 202: messageSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const { id } = request.params;
        const key = request.headers['idempotency-key'] ?? null;
        const answer = await inTx(deps, actor, (ctx) =>
          reactToMessage(ctx, id, request.body.emoji, key),
        );
        throwRefusal(answer);
        return reply.status(202).send(await findOne(deps, actor, id));
      },
    );
  };

const searchRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/messages/search',
      {
        config: { right: 'conversation.read' },
        schema: {
          tags,
          operationId: 'searchMessages',
          summary: 'Messages by their words, newest first',
          description:
            'All words, the last one may go on; accents and endings are ignored. Messages of blocked contacts are found by those who may see their conversations.',
          querystring: searchMessagesSchema,
          response: { 200: pageOf(foundMessageSchema), ...problems(400, 401, 403, 422) },
        },
      },
      (request) => searchMessages(deps.db, requireActor(request), request.query),
    );
  };

const mediaRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/messages/:id/media/fetch',
      {
        config: { right },
        schema: {
          tags,
          operationId: 'fetchMedia',
          summary: 'Asks WhatsApp once more for the file of a message',
          params,
          response: { 202: messageSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) => requestMedia(ctx, request.params.id));
        return reply.status(202).send(await findOne(deps, actor, request.params.id));
      },
    );
  };

export const messageRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(searchRoute(deps));
    await app.register(reactionRoute(deps));
    await app.register(mediaRoute(deps));
    await app.register(threadRoutes(deps));
    await app.register(conversationMediaRoute(deps));
    await app.register(singleRoutes(deps));
  };
