import { randomUUID } from 'node:crypto';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  LogController,
} from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { accountsPlugin } from '#features/accounts/server/index.ts';
import { compileSerializer } from '#platform/server/compile-serializer.ts';
import type { Deps } from '#platform/server/deps.ts';
import { answerErrorsAsProblems, answerUnroutable } from '#platform/server/http-errors.ts';
import { describeApi } from './describe-api.ts';
import { featureRoutes } from './features.ts';
import { healthRoutes } from './health.ts';
import { limitRequests } from './limit-requests.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { securityHeaders } from './security-headers.ts';
import { webFiles } from './web-files.ts';

const logRequests = (app: FastifyInstance, deps: Deps): void => {
  app.addHook('onResponse', async (request, reply) => {
    // The pattern, not the address: an id in a path can be a person's (gate.md, silence in logs).
    deps.log.debug(
      {
        id: request.id,
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
};

/** Behind a proxy that is not trusted everybody seems to come from one place, and limits on guessing hit all of them. */
const noticeUnknownProxy = (app: FastifyInstance, deps: Deps): void => {
  let isSaid = false;
  app.addHook('onRequest', async ({ headers, socket }) => {
    if (
      !isSaid &&
      headers['x-forwarded-for'] !== undefined &&
      !deps.config.trustsPeer(socket.remoteAddress)
    ) {
      isSaid = true;
      deps.log.warn(
        'X-Forwarded-For came from a peer that is not trusted and is ignored. If that is your proxy, name its address ' +
          'in GUARITA_TRUSTED_PROXIES',
      );
    }
  });
};

/** Many clients name a content type even where they send nothing: an empty body is no body. */
const acceptEmptyJson = (app: FastifyInstance): void => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') {
      done(null, undefined);
    } else {
      void parse(request, body.toString(), done);
    }
  });
};

/** What a channel brings to the HTTP side. */
export interface ChannelRoutes {
  /** What it receives by, at addresses of its own. */
  readonly routes: FastifyPluginAsync;
  /** What administrators look after it by, under /api/v1. */
  readonly api: FastifyPluginAsync;
}

const apiRoutes =
  (deps: Deps, channels: readonly ChannelRoutes[]): FastifyPluginAsync =>
  async (api) => {
    limitRequests(api, deps);
    for (const routes of [...featureRoutes(deps), ...channels.map((channel) => channel.api)]) {
      await api.register(routes);
    }
  };

/**
 * The HTTP side of a process: API, webhooks, health, and the built web application.
 * @param metrics of the process; made here when they are wanted and nobody else has made them
 */
export const createHttp = async (
  deps: Deps,
  channels: readonly ChannelRoutes[],
  metrics: Metrics | undefined = deps.config.hasMetrics ? createMetrics(deps) : undefined,
): Promise<FastifyInstance> => {
  const loggerInstance: FastifyBaseLogger = deps.log;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: deps.config.trustsPeer,
    bodyLimit: 256 * 1024,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerUnroutable,
    // A connection that says nothing is not kept for ever; one that brings a large file over a slow line is.
    connectionTimeout: 60_000,
    requestTimeout: 10 * 60_000,
    forceCloseConnections: 'idle',
  });
  acceptEmptyJson(app);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(compileSerializer);
  answerErrorsAsProblems(app);
  logRequests(app, deps);
  noticeUnknownProxy(app, deps);
  securityHeaders(app, deps.config);
  metrics?.watchRequests(app);
  await describeApi(app, deps);
  for (const { routes } of channels) {
    await app.register(routes);
  }
  await app.register(healthRoutes(deps, deps.config.hasMetrics ? metrics : undefined));
  await app.register(accountsPlugin(deps));
  await app.register(apiRoutes(deps, channels), { prefix: '/api/v1' });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  await app.register(webFiles);
  return app;
};
