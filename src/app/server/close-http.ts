import type { FastifyInstance } from 'fastify';

const lookEveryMs = 50;

/**
 * Takes no new connection, answers what is under way, and ends each connection when it has nothing under way: a client
 * that keeps one for its next request would hold the process for as long as it likes.
 */
export const closeHttp = async (app: FastifyInstance): Promise<void> => {
  const timer = setInterval(() => app.server.closeIdleConnections(), lookEveryMs);
  try {
    await app.close();
  } finally {
    clearInterval(timer);
  }
};
