import { afterAll, beforeAll, expect, vi } from 'vitest';
import type { Template } from '#features/templates/contract.ts';
import { type Simulator, startSimulator } from '../../../../simulator/start-simulator.ts';
import { startWorker } from '../worker.ts';
import { startTestServer, type TestServer } from './test-app.ts';
import { aTestWorkspace, type TestWorkspace } from './test-workspace.ts';

export const patient = { timeout: 15_000, interval: 50 };

/** Server, worker and a WhatsApp of our own: templates from the list to the phone. */
export interface TemplateWorld {
  readonly simulator: Simulator;
  readonly server: TestServer;
  readonly workspace: TestWorkspace;
  readonly list: (query?: string) => Promise<Template[]>;
  readonly namesOf: (query?: string) => Promise<string[]>;
  readonly close: () => Promise<void>;
}

const wabaId = '200000000000001';

const aSimulator = (): Promise<Simulator> =>
  startSimulator({
    port: 0,
    webhookUrl: null,
    channels: [
      {
        phoneNumberId: '100000000000001',
        wabaId,
        displayPhoneNumber: '5511900000001',
        appSecret: 'app-secret-of-1',
        verifyToken: 'verify-token-of-1',
        accessToken: 'access-token-of-1',
      },
    ],
  });

const startTemplateWorld = async (): Promise<TemplateWorld> => {
  const simulator = await aSimulator();
  const server = await startTestServer({ env: { GRAPH_API_URL: simulator.url } });
  const workspace = await aTestWorkspace(server.deps, server.http, 1, 1);
  simulator.setWebhookUrl(`${server.url}/webhooks/whatsapp`);
  const worker = await startWorker(server.deps, server.whatsApp.channel, server.deps.databaseUrl);
  const list = async (query = ''): Promise<Template[]> => {
    const url = `/api/v1/templates?channelId=${workspace.number.channelId}${query}`;
    return ((await server.http(url, workspace.team.agent)).json as { items: Template[] }).items;
  };
  const namesOf = async (query = '') => (await list(query)).map(({ name }) => name);
  await vi.waitFor(async () => expect(await namesOf()).not.toEqual([]), patient);
  return {
    simulator,
    server,
    workspace,
    list,
    namesOf,
    close: async () => {
      await worker.stop();
      await server.close();
      await simulator.close();
    },
  };
};

/** Call it once in a file, outside of any test; what it answers is there inside of them. */
export const aTemplateWorld = (): (() => TemplateWorld) => {
  let world: TemplateWorld | undefined;
  beforeAll(async () => {
    world = await startTemplateWorld();
  }, 60_000);
  afterAll(() => world?.close());
  return () => world ?? expect.fail('only inside a test');
};

/** Every template of the account by this name, as WhatsApp has it. */
export const templatesNamed = (simulator: Simulator, name: string) =>
  simulator.world.templates.listOf(wabaId).filter((one) => one.name === name);
