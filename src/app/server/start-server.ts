import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import {
  createWhatsApp,
  sealStoredSecrets,
  settlePortfolios,
  type WhatsApp,
} from '#channels/whatsapp/server/index.ts';
import { sealEvents } from '#features/audit/server/index.ts';
import { openJournal } from '#features/journal/server/index.ts';
import { findFilmTools } from '#features/media/server/index.ts';
import { doAgain } from '#features/removals/server/index.ts';
import type { Config } from '#platform/server/config.ts';
import type { Deps } from '#platform/server/deps.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '#platform/server/embedded-postgres/index.ts';
import { closeHttp } from './close-http.ts';
import { refuseDemo } from './demo/refuse-demo.ts';
import { createDeps } from './deps.ts';
import { createHttp } from './http.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { startMetricsServer } from './metrics-server.ts';
import { projectPath } from './project-path.ts';
import { startRealtime } from './realtime.ts';
import { startWorker } from './worker.ts';

export interface RunningServer {
  readonly deps: Deps;
  /** Where the web role listens; undefined for a worker alone. */
  readonly url: string | undefined;
  /** Orderly stop: webhooks under way are answered, claims ended. */
  stop(): Promise<void>;
}

type Step = () => Promise<void>;

const openDatabase = async (config: Config, log: Logger, onStop: Step[]): Promise<string> => {
  if (config.databaseUrl !== undefined) {
    return config.databaseUrl;
  }
  const embedded: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir: config.dataDir, log });
  onStop.push(() => embedded.stop());
  return embedded.connectionString;
};

const listen = async (app: FastifyInstance, config: Config): Promise<string> => {
  try {
    return await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    if (
      typeof error === 'object' &&
      error !== null &&
      'code' in error &&
      error.code === 'EADDRINUSE'
    ) {
      throw new Error(
        `port ${config.port} is taken. End the program that uses it, or choose another with --port.`,
      );
    }
    throw error;
  }
};

/** Its port is the last that closes: how a process stops is to be seen too. */
const openMetrics = async (deps: Deps, onStop: Step[]): Promise<Metrics | undefined> => {
  const { config } = deps;
  const metrics =
    config.hasMetrics || config.metricsPort !== undefined ? createMetrics(deps) : undefined;
  if (metrics !== undefined && config.metricsPort !== undefined) {
    const server = await startMetricsServer(deps, metrics, config);
    onStop.push(() => server.stop());
  }
  return metrics;
};

const startWeb = async (
  deps: Deps,
  whatsApp: WhatsApp,
  databaseUrl: string,
  metrics: Metrics | undefined,
  parts: Step[],
): Promise<string> => {
  const app = await createHttp(deps, [whatsApp], metrics);
  const realtime = startRealtime(app, deps, databaseUrl);
  metrics?.watchIngest(whatsApp.ingest);
  metrics?.watchSockets(realtime.socketCount);
  parts.push(async () => {
    await Promise.all([realtime.close(), closeHttp(app)]);
    await whatsApp.ingest.drained();
  });
  return listen(app, deps.config);
};

/** Once, so that nobody looks for posters that nothing makes. */
const sayWhetherFilmsHavePosters = async ({ config, log }: Deps): Promise<void> => {
  const tools = await findFilmTools(config);
  if (typeof tools === 'string') {
    log.info({ code: tools }, 'films have no posters here');
  }
};

/** Before anything is answered or sent. @throws Error with the way out when the journal does not fit the database */
const bringUpToJournal = async (deps: Deps): Promise<void> => {
  const applied = await openJournal(deps, doAgain);
  if (applied !== null) {
    deps.log.info({ ...applied }, 'the journal knew more than the database');
  }
};

/**
 * Starts the roles asked for: database (embedded unless DATABASE_URL), migrations, web, worker.
 * @throws Error with a message for people when something stands in the way; what had started is stopped
 */
export const startServer = async (config: Config, log: Logger): Promise<RunningServer> => {
  const onStop: Step[] = [];
  /** Each with work under way, which stops at once for all: one after another they would take longer than they are given. */
  const parts: Step[] = [];
  const orWarn = (step: Step): Promise<void> =>
    step().catch((err: unknown) => log.warn({ err }, 'a part did not stop cleanly'));
  let sayStopping = (): void => undefined;
  const stop = async (): Promise<void> => {
    sayStopping();
    await Promise.all(parts.splice(0).map(orWarn));
    for (let step = onStop.pop(); step !== undefined; step = onStop.pop()) {
      await orWarn(step);
    }
  };
  try {
    const databaseUrl = await openDatabase(config, log, onStop);
    const deps = await createDeps(config, log, databaseUrl, projectPath('migrations'));
    onStop.push(() => deps.pool.end());
    await sealStoredSecrets(deps);
    await settlePortfolios(deps);
    if (!config.isDemo) {
      await refuseDemo(deps);
    }
    await bringUpToJournal(deps);
    await sayWhetherFilmsHavePosters(deps);
    const metrics = await openMetrics(deps, onStop);
    sayStopping = () => metrics?.stopping();
    const whatsApp = createWhatsApp(deps);
    // After web and worker have stopped, before the database does: the notes first, then the seals of the last second.
    onStop.push(async () => {
      await sealEvents(deps);
    });
    onStop.push(() => whatsApp.flushNotes());
    if (config.roles.worker) {
      const worker = await startWorker(deps, whatsApp.channel, databaseUrl, metrics);
      parts.push(() => worker.stop());
    }
    const url = config.roles.web
      ? await startWeb(deps, whatsApp, databaseUrl, metrics, parts)
      : undefined;
    return { deps, url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
