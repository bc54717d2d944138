import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf } from '#platform/shared/page.ts';
import { templateQuerySchema, templateSchema, templateSyncSchema } from '../contract.ts';
import { requestSync } from './sync-templates.ts';
import { findSync, hasChannel, listTemplates } from './template-queries.ts';

const params = z.object({ id: idSchema });
const tags = ['templates'];

export const templateRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/templates',
      {
        config: { right: 'conversation.answer' },
        schema: {
          tags,
          operationId: 'listTemplates',
          summary: 'The message templates that a number may send, by name',
          querystring: templateQuerySchema,
          response: { 200: pageOf(templateSchema), ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const { workspaceId } = requireActor(request);
        const { channelId, all, ...rest } = request.query;
        if (!(await hasChannel(deps.db, { workspaceId, channelId }))) {
          throw notFound('channel');
        }
        return listTemplates(deps.db, { ...rest, workspaceId, channelId, all: all === 'true' });
      },
    );

    app.get(
      '/channels/:id/templates/sync',
      {
        config: { right: 'conversation.answer' },
        schema: {
          tags,
          operationId: 'getTemplateSync',
          summary: 'How the templates of a number were last read from the channel',
          params,
          response: { 200: templateSyncSchema, ...problems(401, 403, 404, 422) },
        },
      },
      async (request) => {
        const ref = {
          workspaceId: requireActor(request).workspaceId,
          channelId: request.params.id,
        };
        if (!(await hasChannel(deps.db, ref))) {
          throw notFound('channel');
        }
        return findSync(deps.db, ref);
      },
    );

    app.post(
      '/channels/:id/templates/sync',
      {
        config: { right: 'settings.manage' },
        schema: {
          tags,
          operationId: 'syncTemplates',
          summary: 'Has the templates of a number read from the channel now',
          description:
            'Answers at once with how they were last read; `readAt` moves when it is done.',
          params,
          response: { 202: templateSyncSchema, ...problems(400, 401, 403, 404, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) => requestSync(ctx, request.params.id));
        const ref = { workspaceId: actor.workspaceId, channelId: request.params.id };
        return reply.status(202).send(await findSync(deps.db, ref));
      },
    );
  };
