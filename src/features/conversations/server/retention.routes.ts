import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { retentionSchema, setRetentionSchema } from '../contract.ts';
import { changeRetention } from './purge-old.ts';
import { findRetention } from './retention-queries.ts';

const tags = ['settings'];
const config = { right: 'settings.manage' } as const;

/** How long messages are kept: administrators only. */
export const retentionRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/retention',
      {
        config,
        schema: {
          tags,
          operationId: 'getRetention',
          summary: 'After how many days messages and their files are purged',
          response: { 200: retentionSchema, ...problems(401, 403) },
        },
      },
      async (request) => ({
        days: await findRetention(deps.db, requireActor(request).workspaceId),
      }),
    );

    app.put(
      '/retention',
      {
        config,
        schema: {
          tags,
          operationId: 'setRetention',
          summary: 'Sets after how many days messages and their files are purged; null for never',
          description: 'Takes effect the next night. What is purged does not come back.',
          body: setRetentionSchema,
          response: { 200: retentionSchema, ...problems(400, 401, 403, 413, 415, 422) },
        },
      },
      async (request) => {
        const { days } = request.body;
        await inTx(deps, requireActor(request), (ctx) => changeRetention(ctx, days));
        return { days };
      },
    );
  };
