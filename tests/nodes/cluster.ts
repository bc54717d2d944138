import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '#platform/server/config.ts';
import { startEmbeddedPostgres } from '#platform/server/embedded-postgres/index.ts';
import { openFiles } from '#platform/server/files/index.ts';
import { makeScratchFolder } from '#platform/server/testing/scratch-folder.ts';
import { build } from '../../scripts/build.ts';
import { startSimulator } from '../../simulator/start-simulator.ts';
import { mainProgram } from '../backup/installation.ts';
import {
  crashChannel,
  enter,
  furnish,
  openDeps,
  type Product,
  secret,
  untilAsked,
} from '../crash/product.ts';
import { type RoleProcess, roleProcess } from '../crash/role-process.ts';
import { freePort } from '../support/free-port.ts';
import { type Balancer, startBalancer } from './balancer.ts';

const debian15 = '/usr/lib/postgresql/15/bin';

/** The product on several nodes; as a `Product`, what one sees of it through the balancer. */
export interface Cluster extends Product {
  readonly balancer: Balancer;
  readonly webs: readonly [RoleProcess, RoleProcess];
  readonly webUrls: readonly [string, string];
  readonly workers: readonly [RoleProcess, RoleProcess];
  readonly databaseUrl: string;
}

/**
 * Two web and two worker processes that share a database, and nothing else.
 * @param more settings of them all, such as those of a bucket
 */
export const startCluster = async (
  more: Readonly<Record<string, string>> = {},
): Promise<Cluster> => {
  await build(undefined, ['server']);
  const scratch = await makeScratchFolder('guarita-nodes-');
  const postgres = await startEmbeddedPostgres({
    dataDir: scratch,
    log: pino({ level: 'silent' }),
    // To the nodes it is one like any other, at an address.
    ...(existsSync(debian15) ? { binDir: debian15 } : {}),
  });
  const databaseUrl = postgres.connectionString;
  const deps = openDeps(databaseUrl);
  const { workspaceId, channelId, email } = await furnish(deps);
  const ports = [await freePort(), await freePort()] as const;
  const balancer = await startBalancer(ports);
  const simulator = await startSimulator({
    webhookUrl: `${balancer.url}/webhooks/whatsapp`,
    handshake: false,
    channels: [crashChannel],
    settings: { webhooks: { firstRetryMs: 200, maxRetryMs: 1_000, jitterMs: 20 } },
  });
  const dataDir = join(scratch, 'data');
  const env = {
    DATABASE_URL: databaseUrl,
    GUARITA_SECRET: secret,
    GUARITA_DATA_DIR: dataDir,
    GRAPH_API_URL: simulator.url,
    LOG_LEVEL: 'warn',
    ...more,
  };
  const web = (port: number): RoleProcess =>
    roleProcess('web', mainProgram, { ...env, PORT: String(port) });
  const worker = (): RoleProcess => roleProcess('worker', mainProgram, env);
  const webs = [web(ports[0]), web(ports[1])] as const;
  const workers = [worker(), worker()] as const;
  const stop = async (): Promise<void> => {
    await Promise.all([...webs, ...workers].map((one) => one.stop()));
    await balancer.close();
    await simulator.close();
    await deps.pool.end();
    await postgres.stop();
    await rm(scratch, { recursive: true, force: true });
  };
  try {
    await Promise.all([...webs, ...workers].map((one) => one.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: balancer.url,
    balancer,
    webs,
    webUrls: [`http://127.0.0.1:${ports[0]}`, `http://127.0.0.1:${ports[1]}`],
    workers,
    databaseUrl,
    postgres,
    simulator,
    web: webs[0],
    worker: workers[0],
    spareWorker: workers[1],
    workspaceId,
    channelId,
    keyed: deps.keyed,
    env,
    files: openFiles(readConfig(env)),
    ask: untilAsked(deps),
    signIn: () => enter(balancer.url, email),
    stop,
  };
};
