import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Simulator, startSimulator } from '../../simulator/start-simulator.ts';
import { buildServer, type ChildServer, type ServerSettings, startServer } from './child-server.ts';
import { makeSetting, type OurNumber, type Setting, secret } from './setting.ts';
import type { TestDatabases } from './test-database.ts';

/** A server with its worker, a database and a folder of its own, and a simulated WhatsApp behind its one number. */
export interface WholeProduct {
  readonly setting: Setting;
  readonly number: OurNumber;
  readonly simulator: Simulator;
  readonly server: ChildServer;
  readonly url: string;
  readonly dataDir: string;
  /** The program, its database and its journal, for another start. */
  readonly program: string;
  readonly databaseUrl: string;
  readonly journal: string;
  /** Ends what still runs, however the test went, and deletes the folder. */
  close(): Promise<void>;
}

/** Built from this tree. @param settings of the server, beside what it needs */
export const startWholeProduct = async (
  databases: TestDatabases,
  settings: ServerSettings = {},
): Promise<WholeProduct> => {
  const tree = fileURLToPath(new URL('../..', import.meta.url));
  const program = await buildServer(tree);
  const databaseUrl = await databases.create(tree);
  const setting = await makeSetting(databaseUrl, 1);
  const [number] = setting.numbers;
  if (number === undefined) {
    throw new Error('there is no number');
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'guarita-whole-'));
  const simulator = await startSimulator({
    handshake: false,
    settings: { window: 'off' },
    channels: [
      {
        phoneNumberId: number.phoneNumberId,
        wabaId: '200000000000001',
        displayPhoneNumber: '5511900000001',
        appSecret: number.appSecret,
        verifyToken: 'verify',
      },
    ],
  });
  const journal = join(dataDir, 'journal.log');
  const server = await startServer(program, {
    DATABASE_URL: databaseUrl,
    GUARITA_SECRET: secret,
    GUARITA_DATA_DIR: dataDir,
    GRAPH_API_URL: simulator.url,
    ...settings,
  });
  const url = server.url ?? '';
  simulator.setWebhookUrl(`${url}/webhooks/whatsapp`);
  return {
    ...{ setting, number, simulator, server, url, dataDir, program, databaseUrl, journal },
    close: async () => {
      await server.kill();
      await simulator.close();
      await setting.pool.end();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
