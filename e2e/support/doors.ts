import { fileURLToPath } from 'node:url';
import { createDeps } from '../../src/app/server/deps.ts';
import { readConfig } from '../../src/platform/server/config.ts';
import type { Deps } from '../../src/platform/server/deps.ts';
import { createLog } from '../../src/platform/server/log.ts';
import type { World } from './world.ts';

/** The product's own parts on the database of the world, for what no page makes: a team with its number. */
export const openDoors = (world: World): Promise<Deps> => {
  const config = readConfig({ GUARITA_SECRET: world.secret, DATABASE_URL: world.databaseUrl });
  const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));
  return createDeps(config, createLog('error'), world.databaseUrl, migrations);
};
