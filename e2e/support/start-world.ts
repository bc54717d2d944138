import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSimulator } from '../../simulator/start-simulator.ts';
import { hashPassword } from '../../src/features/accounts/server/index.ts';
import {
  cloneDatabase,
  startTestPostgres,
} from '../../src/platform/server/testing/test-postgres.ts';
import { startServerProcess } from './server-process.ts';
import type { World } from './world.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const secret = 'a secret for stories, of thirty-two characters';
const password = 'uma senha de atendente';

type Stop = () => Promise<void>;

export interface RunningWorld {
  readonly world: World;
  stop(): Promise<void>;
}

const assertBuilt = (): void => {
  for (const file of [
    'dist/server/main.js',
    'dist/web/index.html',
    'dist/simulator-page/index.html',
  ]) {
    if (!existsSync(join(root, file))) throw new Error(`${file} is missing: npm run build`);
  }
};

const start = async (stops: Stop[]): Promise<World> => {
  const postgres = await startTestPostgres(join(root, 'migrations'));
  stops.push(() => postgres.stop());
  const databaseUrl = await cloneDatabase(postgres.adminUrl);
  const simulator = await startSimulator({
    pageDir: join(root, 'dist/simulator-page'),
    // Each team connects a number of its own and shakes hands for it.
    handshake: false,
  });
  stops.push(() => simulator.close());
  const env = {
    DATABASE_URL: databaseUrl,
    GUARITA_SECRET: secret,
    GRAPH_API_URL: simulator.url,
    // Receivers of stories are on this machine.
    GUARITA_WEBHOOKS_PRIVATE: '1',
  };
  const first = await startServerProcess(env);
  stops.push(() => first.stop());
  const second = await startServerProcess(env);
  stops.push(() => second.stop());
  return {
    servers: [first.url, second.url],
    simulator: simulator.url,
    databaseUrl,
    adminUrl: postgres.adminUrl,
    secret,
    password,
    passwordHash: await hashPassword(password),
  };
};

/** A real PostgreSQL, a simulated WhatsApp, and two processes of the product as it was built. */
export const startWorld = async (): Promise<RunningWorld> => {
  assertBuilt();
  const stops: Stop[] = [];
  const stop = async (): Promise<void> => {
    for (let next = stops.pop(); next; next = stops.pop()) await next();
  };
  try {
    return { world: await start(stops), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
