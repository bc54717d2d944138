import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { RUDE_LINES } from './scenarios/rude-lines.ts';
import { type Simulator, startSimulator } from './start-simulator.ts';
import { type BusinessServer, startBusiness } from './testing/business-server.ts';
import { clientOf } from './testing/graph-client.ts';

let business: BusinessServer;
let simulator: Simulator;
let client: ReturnType<typeof clientOf>;

beforeAll(async () => {
  business = await startBusiness();
  simulator = await startSimulator({ webhookUrl: business.url });
  client = clientOf(simulator);
});

afterAll(async () => {
  await simulator.close();
  await business.close();
});

beforeEach(async () => {
  await client.sim('GET', '/idle');
  simulator.reset();
  business.received.length = 0;
});

const texts = () => business.messages().map(({ text }) => (text as { body: string }).body);

const plays = (name: string, params: object = {}) =>
  client.sim('POST', `/scenarios/${name}`, params);

it('lists its scenarios and refuses unknown ones', async () => {
  const { body } = await client.sim('GET', '/scenarios');
  const names = (body['items'] as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['abuse-then-block', 'late-status', 'batch-of-five', 'number-change']),
  );
  expect((await plays('nonsense')).status).toBe(404);
});

it('harasses on and on, in vain while blocked, until stopped', async () => {
  const number = '5511955550001';
  await plays('harassing-contact', { number, everyMs: 50 });
  await business.until(() => texts().length >= 2);
  expect(texts().slice(0, 2)).toEqual(RUDE_LINES.slice(0, 2));
  await client.block([{ user: number }]);
  await client.sim('GET', '/idle');
  const told = business.received.length;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(business.received).toHaveLength(told);
  const stopped = await client.sim('DELETE', '/scenarios/harassing-contact');
  expect(stopped.body).toEqual({ stopped: true });
});

it('starts with a harasser and with customers when asked', async () => {
  const other = await startSimulator({
    webhookUrl: business.url,
    handshake: false,
    harasser: { number: '5511955550002', everyMs: 60_000 },
    customers: true,
  });
  await business.until(() => texts().length === 1);
  const running = other.scenarios.list().filter(({ isRunning }) => isRunning);
  await other.close();
  expect(running.map(({ name }) => name)).toEqual(['harassing-contact', 'everyday-customers']);
});

it('tells statuses late and in the wrong order', async () => {
  const number = '5511955550003';
  await plays('late-status', { number, everyMs: 50 });
  await business.until(() => texts().length === 1);
  await client.text(number, 'Entregamos sim');
  await business.until(() => business.statuses().length === 4);
  expect(business.statuses().map(({ status }) => status)).toEqual([
    'read',
    'delivered',
    'sent',
    'delivered',
  ]);
});

it('plays every other scenario to its end', async () => {
  const pace = { everyMs: 50, times: 2 };
  for (const name of [
    'batch-of-five',
    'number-change',
    'hidden-number',
    'edit-and-revoke',
    'every-kind',
    'media-trouble',
    'history-import',
    'answers-from-the-app',
    'first-messages-at-once',
    'repeated-webhooks',
    'abuse-then-block',
  ]) {
    business.received.length = 0;
    await plays(name, pace);
    const running = () => simulator.scenarios.list().find((one) => one.name === name)?.isRunning;
    await expect.poll(running, { timeout: 8_000 }).toBe(false);
    await client.sim('GET', '/idle');
    expect(business.received.length, name).toBeGreaterThan(0);
  }
  const notes = simulator.world.log.list().filter(({ kind }) => kind === 'note');
  expect(notes).toEqual([]);
});
