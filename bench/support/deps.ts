import { pino } from 'pino';
import { readConfig } from '#platform/server/config.ts';
import { createDb, createPool } from '#platform/server/db.ts';
import type { Deps } from '#platform/server/deps.ts';
import { openFiles } from '#platform/server/files/index.ts';
import { createKeyed } from '#platform/server/keyed-hash.ts';
import { benchSecret } from './server.ts';

/** The product's own doors on a bench database, for filling it. */
export const openBenchDeps = async (url: string): Promise<Deps> => {
  const log = pino({ level: 'silent' });
  const pool = createPool(url, log, 2);
  const config = readConfig({});
  const keyed = createKeyed(benchSecret);
  return { config, log, pool, db: createDb(pool), keyed, files: openFiles(config) };
};
