import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Config } from '#platform/server/config.ts';
import type { Deps } from '#platform/server/deps.ts';
import type { Metrics } from './metrics.ts';

const answer = async (deps: Deps, metrics: Metrics, path: string): Promise<[number, string]> => {
  switch (path) {
    case '/metrics':
      return [200, await metrics.text()];
    case '/healthz':
      return [200, 'ok\n'];
    case '/readyz':
      return deps.pool.query('select 1').then(
        (): [number, string] => [200, 'ready\n'],
        (): [number, string] => [503, 'unavailable\n'],
      );
    default:
      return [404, 'not found\n'];
  }
};

/**
 * Metrics and health on a port of their own, for every role: a worker has no other door, and what a proxy hands on to
 * the outside does not reach this one.
 */
export const startMetricsServer = async (
  deps: Deps,
  metrics: Metrics,
  { host, metricsPort }: Pick<Config, 'host' | 'metricsPort'>,
): Promise<{ stop(): Promise<void> }> => {
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [status, text] = await answer(deps, metrics, request.url ?? '');
    const type = request.url === '/metrics' ? metrics.contentType : 'text/plain';
    response.writeHead(status, { 'content-type': type }).end(text);
  };
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', () =>
      reject(new Error(`port ${metricsPort} of GUARITA_METRICS_PORT cannot be used`)),
    );
    server.listen(metricsPort, host, resolve);
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
