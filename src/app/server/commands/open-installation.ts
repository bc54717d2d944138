import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Config } from '#platform/server/config.ts';
import { createDb, createPool } from '#platform/server/db.ts';
import type { Deps } from '#platform/server/deps.ts';
import {
  findRunningEmbeddedPostgres,
  startEmbeddedPostgres,
} from '#platform/server/embedded-postgres/index.ts';
import { openFiles } from '#platform/server/files/index.ts';
import { openSecret } from '#platform/server/instance-secret.ts';
import { createLog } from '#platform/server/log.ts';

interface Database {
  readonly url: string;
  close(): Promise<void>;
}

const nothing = async (): Promise<void> => {};

const hasEmbedded = (dataDir: string): boolean =>
  existsSync(join(dataDir, 'pg')) || existsSync(join(dataDir, 'location'));

/** The database of the server that runs, or, when none does, our own for as long as the command takes. */
const findDatabase = async ({ databaseUrl, dataDir }: Config): Promise<Database> => {
  if (databaseUrl !== undefined) {
    return { url: databaseUrl, close: nothing };
  }
  if (!hasEmbedded(dataDir)) {
    throw new Error(
      `there is no database in ${dataDir}. Start Guarita there once, or name another folder with ` +
        '--data-dir, or an external database with DATABASE_URL.',
    );
  }
  const running = await findRunningEmbeddedPostgres(dataDir);
  if (running !== undefined) {
    return { url: running, close: nothing };
  }
  const started = await startEmbeddedPostgres({ dataDir, log: createLog('error') });
  return { url: started.connectionString, close: () => started.stop() };
};

/** A command changes no tables: the server that runs may be of another version than what lies on the disk now. */
const assertSetUp = async (pool: Pool): Promise<void> => {
  const { rows } = await pool
    .query<{ found: boolean }>(`select to_regclass('installation') is not null as found`)
    .catch(() => {
      throw new Error('the database does not answer. If Guarita is just starting, try again.');
    });
  if (rows[0]?.found !== true) {
    throw new Error('this database is empty. Start Guarita on it once.');
  }
};

/** Runs `work` with what a command needs of the installation, whether or not a server runs. */
export const withInstallation = async <T>(
  config: Config,
  work: (deps: Deps, databaseUrl: string) => Promise<T>,
): Promise<T> => {
  const log = createLog('error');
  const database = await findDatabase(config);
  const pool = createPool(database.url, log, 2);
  try {
    await assertSetUp(pool);
    const keyed = await openSecret(pool, config, true);
    const files = openFiles(config);
    return await work({ config, log, pool, db: createDb(pool), keyed, files }, database.url);
  } finally {
    await pool.end();
    await database.close();
  }
};
