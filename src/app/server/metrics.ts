import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Deps } from '#platform/server/deps.ts';

export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
}

/**
 * Prometheus figures of this process: requests by route pattern, the pool, Node itself.
 * @param app the root, before its routes: a hook of a plugin hears only that plugin's requests
 */
export const collectMetrics = (app: FastifyInstance, deps: Deps): Metrics => {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const requests = new Histogram({
    name: 'guarita_http_request_seconds',
    help: 'Duration of HTTP requests by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10],
    registers: [register],
  });
  const pool = new Gauge({
    name: 'guarita_database_connections',
    help: 'Connections of the pool, by state',
    labelNames: ['state'],
    registers: [register],
    collect: () => {
      pool.set({ state: 'total' }, deps.pool.totalCount);
      pool.set({ state: 'idle' }, deps.pool.idleCount);
      pool.set({ state: 'waiting' }, deps.pool.waitingCount);
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    requests.observe(labels, reply.elapsedTime / 1000);
  });
  return { contentType: register.contentType, text: () => register.metrics() };
};
