import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../start-simulator.ts';
import { type BusinessServer, startBusiness } from './business-server.ts';
import { clientOf } from './graph-client.ts';

export interface SimulatorForTests {
  readonly business: BusinessServer;
  readonly simulator: Simulator;
  readonly client: ReturnType<typeof clientOf>;
}

/** A simulator and a business behind it for the tests of one file; both forget everything before each test. */
export function simulatorForTests(options: Partial<SimulatorOptions> = {}): SimulatorForTests {
  const world: { -readonly [K in keyof SimulatorForTests]?: SimulatorForTests[K] } = {};
  beforeAll(async () => {
    world.business = await startBusiness();
    world.simulator = await startSimulator({ webhookUrl: world.business.url, ...options });
    world.client = clientOf(world.simulator);
  });
  afterAll(async () => {
    await world.simulator?.close();
    await world.business?.close();
  });
  beforeEach(async () => {
    await world.client?.sim('GET', '/idle');
    world.simulator?.reset();
    if (world.business) world.business.received.length = 0;
  });
  // The hooks above have filled it before any test reads it.
  return world as SimulatorForTests;
}
