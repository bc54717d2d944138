import type { Logger } from 'pino';
import type { Config } from '#platform/server/config.ts';
import { createDb, createPool, noLimits } from '#platform/server/db.ts';
import type { Deps } from '#platform/server/deps.ts';
import { openFiles } from '#platform/server/files/index.ts';
import { openSecret } from '#platform/server/instance-secret.ts';
import { migrate } from '#platform/server/migrate.ts';
import { createOwnCommits } from '#platform/server/own-commits.ts';

const migratePatiently = async (
  { databaseOwnerUrl }: Config,
  databaseUrl: string,
  migrationsDir: string,
  log: Logger,
): Promise<void> => {
  const server = createPool(databaseUrl, log, 2, noLimits);
  const owner =
    databaseOwnerUrl === undefined ? undefined : createPool(databaseOwnerUrl, log, 2, noLimits);
  try {
    await (owner === undefined
      ? migrate(server, migrationsDir, log)
      : migrate(owner, migrationsDir, log, undefined, { server }));
  } finally {
    await Promise.all([server.end(), owner?.end()]);
  }
};

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
  await migratePatiently(config, databaseUrl, migrationsDir, log);
  const pool = createPool(databaseUrl, log);
  try {
    const keyed = await openSecret(pool, config);
    const ownCommits = createOwnCommits();
    return { config, log, pool, db: createDb(pool), keyed, files: openFiles(config), ownCommits };
  } catch (error) {
    await pool.end();
    throw error;
  }
};
