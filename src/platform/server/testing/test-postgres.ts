import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { pino } from 'pino';
import { createPool, noLimits } from '../db.ts';
import { startEmbeddedPostgres } from '../embedded-postgres/index.ts';
import { migrate } from '../migrate.ts';
import { makeScratchFolder } from './scratch-folder.ts';

const template = 'guarita_template';

/** A role that owns nothing, with the password of the owner. */
export const roleOfItsOwn = 'guarita_server';
/** Who may do everything, with the same password. */
export const superuser = 'guarita_root';

/** A real PostgreSQL for a run of tests, with one migrated database that others are cloned from. */
export interface TestPostgres {
  /** Of the server's own database; pass it to `cloneDatabase`. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

const silent = pino({ level: 'silent' });

const run = async (url: string, ...statements: string[]): Promise<void> => {
  const pool = createPool(url, silent, 1, noLimits);
  try {
    for (const statement of statements) {
      await pool.query(statement);
    }
  } finally {
    await pool.end();
  }
};

/**
 * The bundled PostgreSQL, or with GUARITA_TEST_PG_BIN another one (its `bin` directory).
 * @param migrationsDir the project's `migrations`
 */
export const startTestPostgres = async (
  migrationsDir: string,
  settings: Record<string, string> = {},
): Promise<TestPostgres> => {
  const dataDir = await makeScratchFolder('guarita-test-');
  const binDir = process.env['GUARITA_TEST_PG_BIN'];
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: silent,
    durable: false,
    moreRoles: { [roleOfItsOwn]: '', [superuser]: 'superuser' },
    settings: { max_connections: '200', ...settings },
    ...(binDir ? { binDir } : {}),
  });
  await run(postgres.connectionString, `create database ${template}`);
  const pool = createPool(withDatabase(postgres.connectionString, template), silent, 2, noLimits);
  await migrate(pool, migrationsDir, silent);
  await pool.end();
  return {
    adminUrl: postgres.connectionString,
    stop: async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

/** A database as another one is now, which loses its connections by it (PostgreSQL ends its own workers there itself). @returns its address */
export const copyDatabase = async (adminUrl: string, url: string): Promise<string> => {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const source = new URL(url).pathname.slice(1);
  await run(
    adminUrl,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${source}' and backend_type = 'client backend'`,
    `create database ${name} template ${source} strategy file_copy`,
  );
  return withDatabase(adminUrl, name);
};

/** A fresh migrated database, in the time of a file copy. @returns its address */
export const cloneDatabase = async (adminUrl: string): Promise<string> => {
  const name = `t_${randomBytes(6).toString('hex')}`;
  // Two clones at once would find the template in use.
  await run(
    adminUrl,
    'select pg_advisory_lock(715)',
    `create database ${name} template ${template} strategy file_copy`,
  );
  return withDatabase(adminUrl, name);
};

/** A database without any table. @returns its address */
export const makeEmptyDatabase = async (adminUrl: string): Promise<string> => {
  const name = `t_${randomBytes(6).toString('hex')}`;
  await run(adminUrl, `create database ${name}`);
  return withDatabase(adminUrl, name);
};

/** An autovacuum worker is in it, and belongs to the superuser. */
const isBusy = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '42501';

export const dropDatabase = async (adminUrl: string, url: string): Promise<void> => {
  const drop = `drop database if exists ${new URL(url).pathname.slice(1)}`;
  try {
    await run(adminUrl, `${drop} with (force)`);
  } catch (error) {
    if (!isBusy(error)) {
      throw error;
    }
    // Without force PostgreSQL sends such a worker away by itself, and waits for its end.
    await run(adminUrl, drop);
  }
};
