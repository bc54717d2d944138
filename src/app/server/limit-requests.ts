import type { FastifyInstance } from 'fastify';
import type { Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { createTokenBuckets } from '#platform/server/token-bucket.ts';

/** So many seconds' worth may come at once: a screen that opens asks for several things. */
const burstSeconds = 10;

/**
 * One person or one key may not take the server from the others: a program in a loop is told to wait. Counted in this
 * process, so that asking costs nothing; several processes allow as many times more.
 * @param api the routes under /api/v1, after the guard that knows who asks
 */
export const limitRequests = (api: FastifyInstance, { config }: Deps): void => {
  const perSecond = config.requestsPerSecond;
  if (perSecond === 0) {
    return;
  }
  const buckets = createTokenBuckets(perSecond, perSecond * burstSeconds);
  api.addHook('onRequest', async (request) => {
    const id = request.actor?.id;
    const wait = id === undefined || id === null ? 0 : buckets.take(id);
    if (wait > 0) {
      throw new AppError('too-many-requests', 429, { retryAfterSeconds: Math.ceil(wait) });
    }
  });
};
