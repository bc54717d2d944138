import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf } from '#platform/shared/page.ts';
import { conversationMediaQuerySchema, messageSchema } from '../contract.ts';
import { hasConversation, listMediaMessages } from './message-queries.ts';

/** *Mídia* of the contact panel: for whoever reads the thread, and each message as the thread tells it. */
export const conversationMediaRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/conversations/:id/media',
      {
        config: { right: 'conversation.read' },
        schema: {
          tags: ['messages'],
          operationId: 'listConversationMedia',
          summary: 'Pictures, films and documents of a conversation, newest first',
          description:
            'Messages as in the history: what is covered or removed says nothing here either. Bytes and thumbnails are read by `/messages/{id}/media`.',
          params: z.object({ id: idSchema }),
          querystring: conversationMediaQuerySchema,
          response: { 200: pageOf(messageSchema), ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const page = await listMediaMessages(deps.db, actor, request.params.id, request.query);
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
  };
