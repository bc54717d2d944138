import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { findContact } from '#features/contacts/server/index.ts';
import { bulkContactsSchema } from '#features/gate/server/index.ts';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { wholeListOf } from '#platform/shared/page.ts';
import { messageSchema } from '../../contract.ts';
import { stoppedConversationSchema } from '../../stopped/contract.ts';
import { findMessages } from '../message-queries.ts';
import { acceptedOf, withMessage } from '../send-answer.ts';
import { discardStopped, sendStopped } from './decide-stopped.ts';
import { findOpenStopped, findStoppedConversations } from './stopped-queries.ts';

const params = z.object({ id: idSchema });
const tags = ['messages'];

const findOne = async (deps: Deps, actor: Actor, id: string) => {
  const [message] = await findMessages(deps.db, actor.workspaceId, [id], actor);
  if (message === undefined) {
    throw notFound('message');
  }
  return message;
};

const listRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/contacts/:id/stopped-messages',
      {
        config: { right: 'conversation.read' },
        schema: {
          tags,
          operationId: 'listStoppedMessages',
          summary: 'What a block stopped while it waited to be sent, until somebody decides of it',
          description:
            'Oldest first, over all conversations of the contact, 100 at most. Nothing of it is sent by itself. What was refused when it was written is not here.',
          params,
          response: { 200: wholeListOf(messageSchema), ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { workspaceId } = actor;
        const contact = await findContact(deps.db, workspaceId, request.params.id);
        if (contact === undefined) {
          throw notFound('contact');
        }
        const ids = await findOpenStopped(deps.db, workspaceId, contact.id);
        const found = new Map(
          (await findMessages(deps.db, workspaceId, ids, actor)).map((message) => [
            message.id,
            message,
          ]),
        );
        return { items: ids.flatMap((id) => found.get(id) ?? []), nextCursor: null };
      },
    );
    app.post(
      '/blocks/bulk-stopped',
      {
        config: { right: 'conversation.read' },
        schema: {
          tags,
          operationId: 'listBulkStopped',
          summary: 'Of many contacts, where a block stopped messages that nobody has decided of',
          description:
            'For whoever has just unblocked them. Those of whom nothing was stopped are not in the answer.',
          body: bulkContactsSchema,
          response: {
            200: wholeListOf(stoppedConversationSchema),
            ...problems(400, 401, 403, 413, 415, 422),
          },
        },
      },
      async (request) => {
        const { workspaceId } = requireActor(request);
        const { contactIds } = request.body;
        const items = await findStoppedConversations(deps.db, workspaceId, contactIds);
        return { items, nextCursor: null };
      },
    );
  };

export const stoppedRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(listRoute(deps));

    app.post(
      '/messages/:id/send-stopped',
      {
        config: { right: 'conversation.answer' },
        schema: {
          tags,
          operationId: 'sendStoppedMessage',
          summary: 'Sends what a block stopped as a new message',
          description:
            'Through gate and window like any other; asked twice, it answers the same new message. A contact that is blocked again answers 409 `contact-blocked`, and one that was discarded 409 `stopped-message-settled`.',
          params,
          response: { 202: messageSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const answer = await inTx(deps, actor, async (ctx) =>
          withMessage(ctx, await sendStopped(ctx, request.params.id)),
        );
        return reply.status(202).send(acceptedOf(answer));
      },
    );

    app.post(
      '/messages/:id/discard-stopped',
      {
        config: { right: 'conversation.answer' },
        schema: {
          tags,
          operationId: 'discardStoppedMessage',
          summary: 'Leaves what a block stopped unsent for good; it stays in the history as failed',
          params,
          response: { 200: messageSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) => discardStopped(ctx, request.params.id));
        return findOne(deps, actor, request.params.id);
      },
    );
  };
