import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { findBlockRequest } from '#features/gate/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { wholeListOf } from '#platform/shared/page.ts';
import { messageSchema } from '../contract.ts';
import { findMessages } from './message-queries.ts';

/** Stands here and not in the gate, which keeps references only: the messages are read as they are now. */
export const requestMessagesRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/block-requests/:id/messages',
      {
        config: { right: 'block.decide' },
        schema: {
          tags: ['gate'],
          operationId: 'listBlockRequestMessages',
          summary: 'What the contact had written last when the block was asked for, newest first',
          params: z.object({ id: idSchema }),
          response: { 200: wholeListOf(messageSchema), ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const asked = await findBlockRequest(deps.db, actor, request.params.id);
        if (asked === undefined) {
          throw notFound('block-request');
        }
        return {
          items: await findMessages(deps.db, actor.workspaceId, asked.messageIds, actor),
          nextCursor: null,
        };
      },
    );
  };
