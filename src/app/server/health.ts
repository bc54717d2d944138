import type { FastifyPluginAsync } from 'fastify';
import { findFilmTools } from '#features/media/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import type { Metrics } from './metrics.ts';

/**
 * `/healthz`: the process lives. `/readyz`: it can decide, because its database answers; and what of the machine it does without:
 * `posters` says why films have none, or `on`.
 * @param metrics answered at `/metrics`; undefined when that is not wanted, and nothing is there then
 */
export const healthRoutes =
  (deps: Deps, metrics: Metrics | undefined): FastifyPluginAsync =>
  async (app) => {
    app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));
    app.get('/readyz', { schema: { hide: true } }, async () => {
      await deps.pool.query('select 1').catch(() => {
        throw new AppError('unavailable', 503);
      });
      const tools = await findFilmTools(deps.config);
      return { status: 'ready', posters: typeof tools === 'string' ? tools : 'on' };
    });
    // Without them the address is taken all the same: the web application would answer it with its page.
    app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
      if (metrics === undefined) {
        throw new AppError('not-found', 404);
      }
      return reply.type(metrics.contentType).send(await metrics.text());
    });
  };
