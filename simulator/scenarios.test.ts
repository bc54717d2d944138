import { expect, it } from 'vitest';
import { RUDE_LINES } from './scenarios/rude-lines.ts';
import { startSimulator } from './start-simulator.ts';
import { simulatorForTests } from './testing/simulator-for-tests.ts';

const here = simulatorForTests();

const texts = () => here.business.messages().map(({ text }) => (text as { body: string }).body);

const plays = (name: string, params: object = {}) =>
  here.client.sim('POST', `/scenarios/${name}`, params);

it('lists its scenarios and refuses unknown ones', async () => {
  const { body } = await here.client.sim('GET', '/scenarios');
  const names = (body['items'] as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['abuse-then-block', 'late-status', 'batch-of-five', 'number-change']),
  );
  expect((await plays('nonsense')).status).toBe(404);
});

it('harasses on and on, in vain while blocked, until stopped', async () => {
  const number = '5511955550001';
  await plays('harassing-contact', { number, everyMs: 50 });
  await here.business.until(() => texts().length >= 2);
  expect(texts().slice(0, 2)).toEqual(RUDE_LINES.slice(0, 2));
  await here.client.block([{ user: number }]);
  await here.client.sim('GET', '/idle');
  const told = here.business.received.length;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(here.business.received).toHaveLength(told);
  const stopped = await here.client.sim('DELETE', '/scenarios/harassing-contact');
  expect(stopped.body).toEqual({ stopped: true });
});

it('starts with a harasser and with customers when asked', async () => {
  const other = await startSimulator({
    webhookUrl: here.business.url,
    handshake: false,
    harasser: { number: '5511955550002', everyMs: 60_000 },
    customers: true,
  });
  await here.business.until(() => texts().length === 1);
  const running = other.scenarios.list().filter(({ isRunning }) => isRunning);
  await other.close();
  expect(running.map(({ name }) => name)).toEqual(['harassing-contact', 'everyday-customers']);
});

it('tells statuses late and in the wrong order', async () => {
  const number = '5511955550003';
  await plays('late-status', { number, everyMs: 50 });
  await here.business.until(() => texts().length === 1);
  await here.client.text(number, 'Entregamos sim');
  await here.business.until(() => here.business.statuses().length === 4);
  expect(here.business.statuses().map(({ status }) => status)).toEqual([
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
    here.business.received.length = 0;
    await plays(name, pace);
    const running = () =>
      here.simulator.scenarios.list().find((one) => one.name === name)?.isRunning;
    await expect.poll(running, { timeout: 8_000 }).toBe(false);
    await here.client.sim('GET', '/idle');
    expect(here.business.received.length, name).toBeGreaterThan(0);
  }
  const notes = here.simulator.world.log.list().filter(({ kind }) => kind === 'note');
  expect(notes).toEqual([]);
});
