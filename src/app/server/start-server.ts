import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createWhatsApp } from '#channels/whatsapp/server/index.ts';
import type { Config } from '#platform/server/config.ts';
import type { Deps } from '#platform/server/deps.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '#platform/server/embedded-postgres/index.ts';
import { refuseDemo } from './demo/refuse-demo.ts';
import { createDeps } from './deps.ts';
import { createHttp } from './http.ts';
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

/**
 * Starts the roles asked for: database (embedded unless DATABASE_URL), migrations, web, worker.
 * @throws Error with a message for people when something stands in the way; what had started is stopped
 */
export const startServer = async (config: Config, log: Logger): Promise<RunningServer> => {
  const onStop: Step[] = [];
  const stop = async (): Promise<void> => {
    for (let step = onStop.pop(); step !== undefined; step = onStop.pop()) {
      await step().catch((err: unknown) => log.warn({ err }, 'a part did not stop cleanly'));
    }
  };
  try {
    const databaseUrl = await openDatabase(config, log, onStop);
    const deps = await createDeps(config, log, databaseUrl, projectPath('migrations'));
    onStop.push(() => deps.pool.end());
    if (!config.isDemo) {
      await refuseDemo(deps);
    }
    const whatsApp = createWhatsApp(deps);
    if (config.roles.worker) {
      const worker = await startWorker(deps, whatsApp.channel, databaseUrl);
      onStop.push(() => worker.stop());
    }
    let url: string | undefined;
    if (config.roles.web) {
      const app = await createHttp(deps, [whatsApp.routes]);
      const realtime = startRealtime(app, deps, databaseUrl);
      onStop.push(async () => {
        await realtime.close();
        await app.close();
        await whatsApp.ingest.drained();
      });
      url = await listen(app, config);
    }
    return { deps, url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
