import type { Logger } from 'pino';
import type { Config } from '#platform/server/config.ts';
import { createDb, createPool } from '#platform/server/db.ts';
import type { Deps } from '#platform/server/deps.ts';
import { openFiles } from '#platform/server/files/index.ts';
import { checkSecret, loadSecret } from '#platform/server/instance-secret.ts';
import { createKeyed } from '#platform/server/keyed-hash.ts';
import { migrate } from '#platform/server/migrate.ts';

/**
 * The composition root: the one place that makes the big things.
 * @param databaseUrl of the external database or of the embedded one
 * @throws Error when the database cannot be brought up to this code, or belongs to another secret
 */
export const createDeps = async (
  config: Config,
  log: Logger,
  databaseUrl: string,
  migrationsDir: string,
): Promise<Deps> => {
  const pool = createPool(databaseUrl, log);
  try {
    await migrate(pool, migrationsDir, log);
    const keyed = createKeyed(await loadSecret(config.secret, config.dataDir));
    await checkSecret(pool, keyed);
    return { config, log, pool, db: createDb(pool), keyed, files: openFiles(config) };
  } catch (error) {
    await pool.end();
    throw error;
  }
};
