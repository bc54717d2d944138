import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { QueryResultRow } from 'pg';
import { pino } from 'pino';
import { connectNumber } from '#channels/whatsapp/server/index.ts';
import { aPerson, testPassword } from '#features/accounts/server/testing.ts';
import { readConfig } from '#platform/server/config.ts';
import { createDb, createPool } from '#platform/server/db.ts';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '#platform/server/embedded-postgres/index.ts';
import { type FileStore, openFiles } from '#platform/server/files/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { createKeyed, type Keyed } from '#platform/server/keyed-hash.ts';
import { migrate } from '#platform/server/migrate.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { makeScratchFolder } from '#platform/server/testing/scratch-folder.ts';
import { build } from '../../scripts/build.ts';
import { type Simulator, startSimulator } from '../../simulator/start-simulator.ts';
import { DEFAULT_CHANNEL } from '../../simulator/state/channels.ts';
import { freePort } from '../support/free-port.ts';
import { type RoleProcess, roleProcess } from './role-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
export const secret = 'a secret for crash tests, of thirty-two';
/** The simulator's number under a secret of its own: the demonstration's is refused. */
export const crashChannel = { ...DEFAULT_CHANNEL, appSecret: 'an-app-secret-of-crash-tests' };
const silent = pino({ level: 'silent' });

/** The whole product: a durable PostgreSQL kept by its launcher, both roles apart, and a WhatsApp. */
export interface Product {
  readonly url: string;
  readonly postgres: EmbeddedPostgres;
  readonly simulator: Simulator;
  readonly web: RoleProcess;
  readonly worker: RoleProcess;
  /** Another worker, not started. */
  readonly spareWorker: RoleProcess;
  readonly workspaceId: string;
  readonly channelId: string;
  readonly keyed: Keyed;
  /** The settings of its processes; a worker may have another way to the database. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the processes keep what came with messages. */
  readonly files: FileStore;
  /** Asks the database, for as long as it takes to be there. */
  ask<Row extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Of an administrator: a cookie for live events, a key for the API. */
  signIn(): Promise<{ cookie: string; key: string }>;
  stop(): Promise<void>;
}

export interface ProductOptions {
  /** The way by which the worker reaches the database, when that is not the direct one. */
  readonly workerDatabaseUrl?: (databaseUrl: string) => Promise<string>;
}

export const openDeps = (databaseUrl: string): Deps => {
  const pool = createPool(databaseUrl, silent, 4);
  const config = readConfig({});
  return {
    config,
    log: silent,
    pool,
    db: createDb(pool),
    keyed: createKeyed(secret),
    files: openFiles(config),
  };
};

/** A workspace with the simulator's number and one administrator. */
export const furnish = async (deps: Deps) => {
  await migrate(deps.pool, join(root, 'migrations'), silent);
  const workspaceId = await aWorkspace(deps.db, 'Loja que cai e levanta');
  const { phoneNumberId, wabaId, displayPhoneNumber, appSecret, verifyToken } = crashChannel;
  const channelId = await inTx(deps, systemActor(workspaceId), (ctx) =>
    connectNumber(ctx, {
      name: 'Loja',
      displayNumber: displayPhoneNumber,
      phoneNumberId,
      wabaId,
      appSecret,
      verifyToken,
      accessToken: 'a-token',
    }),
  );
  const person = await aPerson(deps.db, workspaceId, 'administrator');
  return { workspaceId, channelId, email: person.email };
};

const post = async (url: string, body: unknown, cookie?: string): Promise<Response> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${new URL(url).pathname} answered ${response.status}`);
  }
  return response;
};

export const enter = async (
  url: string,
  email: string,
): Promise<{ cookie: string; key: string }> => {
  const signed = await post(`${url}/api/auth/sign-in/email`, { email, password: testPassword });
  const cookie = signed.headers
    .getSetCookie()
    .map((line) => line.split(';')[0] ?? '')
    .join('; ');
  const made = await post(
    `${url}/api/v1/api-keys`,
    { name: 'Carga', role: 'administrator' },
    cookie,
  );
  const { key } = (await made.json()) as { key: string };
  return { cookie, key };
};

export const untilAsked =
  (deps: Deps) =>
  async <Row extends QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> => {
    const giveUpAt = performance.now() + 60_000;
    for (;;) {
      try {
        return (await deps.pool.query<Row>(text, [...values])).rows;
      } catch (error) {
        const isOurMistake =
          error instanceof Error && 'code' in error && /^(22|42)/.test(String(error.code));
        if (isOurMistake || performance.now() > giveUpAt) {
          throw error;
        }
      }
      await sleep(50);
    }
  };

/** Builds and starts everything. */
export const startProduct = async (options: ProductOptions = {}): Promise<Product> => {
  await build(root, ['server']);
  const scratch = await makeScratchFolder('guarita-crash-');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const postgres = await startEmbeddedPostgres({ dataDir: scratch, log: silent, durable: true });
  const deps = openDeps(postgres.connectionString);
  const { workspaceId, channelId, email } = await furnish(deps);
  const simulator = await startSimulator({
    webhookUrl: `${url}/webhooks/whatsapp`,
    handshake: false,
    channels: [crashChannel],
    settings: { webhooks: { firstRetryMs: 200, maxRetryMs: 1_000, jitterMs: 20 } },
  });
  const dataDir = join(scratch, 'data');
  const env = {
    DATABASE_URL: postgres.connectionString,
    GUARITA_SECRET: secret,
    GUARITA_DATA_DIR: dataDir,
    GRAPH_API_URL: simulator.url,
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  const program = join(root, 'dist/server/main.js');
  const web = roleProcess('web', program, env);
  const spareWorker = roleProcess('worker', program, env);
  const workerDatabaseUrl = await options.workerDatabaseUrl?.(postgres.connectionString);
  const worker =
    workerDatabaseUrl === undefined
      ? roleProcess('worker', program, env)
      : roleProcess('worker', program, { ...env, DATABASE_URL: workerDatabaseUrl });
  const stop = async (): Promise<void> => {
    await Promise.all([web.stop(), worker.stop(), spareWorker.stop()]);
    await simulator.close();
    await deps.pool.end();
    await postgres.stop();
    await rm(scratch, { recursive: true, force: true });
  };
  try {
    await Promise.all([web.start(), worker.start()]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    postgres,
    simulator,
    web,
    worker,
    spareWorker,
    workspaceId,
    channelId,
    keyed: deps.keyed,
    env,
    files: openFiles({ dataDir, s3: undefined }),
    ask: untilAsked(deps),
    signIn: () => enter(url, email),
    stop,
  };
};
