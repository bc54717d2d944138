import { expect, it } from 'vitest';
import type { Json } from './testing/business-server.ts';
import { codeOf } from './testing/graph-client.ts';
import { simulatorForTests } from './testing/simulator-for-tests.ts';

const here = simulatorForTests({ settings: { window: 'off' } });

const ANA = '5511987654321';

const fault = (spec: Json) => here.client.sim('POST', '/faults', spec);

it('answers any code at once, as often as told and only for the person named', async () => {
  await fault({ to: '+55 11 98765-4321', times: 2, error: { code: 131016 } });
  expect((await here.client.text('5511911112222', 'oi')).status).toBe(200);
  const first = await here.client.text(ANA, 'oi');
  expect([first.status, codeOf(first)]).toEqual([500, 131016]);
  expect((await here.client.text(ANA, 'oi')).status).toBe(500);
  expect((await here.client.text(ANA, 'oi')).status).toBe(200);
  expect(here.simulator.outbox(ANA)).toHaveLength(1);
});

it('accepts and fails later', async () => {
  await fault({ error: { code: 131026, when: 'async', details: 'because' } });
  expect((await here.client.text(ANA, 'oi')).status).toBe(200);
  const messageId = here.simulator.outbox(ANA)[0]?.id;
  const told = () => here.business.statuses().filter(({ id }) => id === messageId);
  await here.business.until(() => told().length === 1);
  expect(told()[0]).toMatchObject({
    status: 'failed',
    errors: [{ code: 131026, error_data: { details: 'because' } }],
  });
});

it('answers bare HTTP errors, with and without having accepted', async () => {
  await fault({ http: 503 });
  expect((await here.client.text(ANA, 'um')).status).toBe(503);
  await fault({ http: 500, accepted: true });
  expect((await here.client.text(ANA, 'dois')).status).toBe(500);
  expect(here.simulator.outbox(ANA)).toMatchObject([{ text: 'dois', answer: 'error' }]);
});

it('holds the answer after acceptance until released', async () => {
  await fault({ hold: 'after-acceptance', muteStatuses: true });
  const answer = here.client.text(ANA, 'oi', { biz_opaque_callback_data: 'c9' });
  let held: Json[] = [];
  await expect
    .poll(async () => {
      held = (await here.client.sim('GET', '/hold')).body['items'] as Json[];
      return held.length;
    })
    .toBe(1);
  expect(held[0]).toMatchObject({ accepted: true, callbackData: 'c9' });
  expect(here.simulator.outbox(ANA)).toMatchObject([{ answer: 'held' }]);
  expect((await here.client.sim('POST', '/hold/release', {})).body).toEqual({ released: 1 });
  expect((await answer).status).toBe(200);
  await here.client.sim('GET', '/idle');
  const messageId = here.simulator.outbox(ANA)[0]?.id;
  expect(here.business.statuses().filter(({ id }) => id === messageId)).toEqual([]);
});

it('holds for a time, and notices a caller who hangs up', async () => {
  await fault({ hold: 'after-acceptance', holdMs: 60 });
  const started = Date.now();
  expect((await here.client.text(ANA, 'um')).status).toBe(200);
  expect(Date.now() - started).toBeGreaterThanOrEqual(59);
  await fault({ hold: 'after-acceptance' });
  const signal = AbortSignal.timeout(80);
  await expect(here.client.text(ANA, 'dois', {}, { signal })).rejects.toThrow();
  await expect.poll(() => here.simulator.outbox(ANA).at(-1)?.answer).toBe('hung-up');
  expect((await here.client.sim('GET', '/hold')).body['items']).toEqual([]);
});

it('cuts the connection before or after acceptance', async () => {
  await fault({ reset: 'before' });
  await expect(here.client.text(ANA, 'um')).rejects.toThrow();
  expect(here.simulator.outbox(ANA)).toEqual([]);
  await fault({ reset: 'after-acceptance' });
  await expect(here.client.text(ANA, 'dois')).rejects.toThrow();
  expect(here.simulator.outbox(ANA)).toMatchObject([{ text: 'dois', answer: 'reset' }]);
});

it('fails block requests as a whole or for one user', async () => {
  for (const from of [ANA, '5511911112222']) {
    await here.client.sim('POST', '/inbound', { from, wait: true });
  }
  await fault({ on: 'block_users', error: { code: 139103 } });
  expect(codeOf(await here.client.block([{ user: ANA }]))).toBe(139103);
  await fault({ on: 'block_users', to: ANA, error: { code: 139103, perUser: true } });
  const mixed = await here.client.block([{ user: ANA }, { user: '5511911112222' }]);
  expect(mixed.body['block_users']).toMatchObject({
    added_users: [{ input: '5511911112222' }],
    failed_users: [{ input: ANA, errors: [{ code: 139103 }] }],
  });
});

it('lists, skips, and forgets faults, and refuses empty ones', async () => {
  const made = await fault({ times: 0, skip: 1, http: 503 });
  const [one] = made.body['items'] as Json[];
  expect((await here.client.text(ANA, 'um')).status).toBe(200);
  expect((await here.client.text(ANA, 'dois')).status).toBe(503);
  expect((await here.client.text(ANA, 'três')).status).toBe(503);
  await here.client.sim('DELETE', `/faults/${String(one?.['id'])}`);
  expect((await here.client.text(ANA, 'quatro')).status).toBe(200);
  expect((await fault({ on: 'messages' })).status).toBe(422);
});
