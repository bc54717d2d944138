import { expect, it } from 'vitest';
import { CHANNEL } from './testing/graph-client.ts';
import { simulatorForTests } from './testing/simulator-for-tests.ts';

const SILVIA = '5561955550141';
const here = simulatorForTests();

const plays = async (name: string) => {
  expect((await here.client.sim('POST', `/scenarios/${name}`, {})).status).toBe(202);
  await here.business.until(() => here.business.messages().length > 0);
};
const codeOf = ({ body }: { body: Record<string, unknown> }) =>
  (body['error'] as { code?: number } | undefined)?.code;

it.each([
  ['window-closed', [131_047, undefined]],
  ['blocked-at-once', [130_403, undefined]],
  ['pair-limit', [131_056, 131_056, undefined]],
  ['number-limit', [130_429, 130_429, undefined]],
])('%s: the next answer is refused, then all is well', async (name, expected) => {
  await plays(name);
  const codes: (number | undefined)[] = [];
  for (const _ of expected) codes.push(codeOf(await here.client.text(SILVIA, 'oi')));
  expect(codes).toEqual(expected);
});

it('blocked-later: accepted, and told by a status', async () => {
  await plays('blocked-later');
  expect(codeOf(await here.client.text(SILVIA, 'oi'))).toBeUndefined();
  await here.business.until(() => here.business.statuses().some((s) => s.status === 'failed'));
  const failed = here.business.statuses().find(({ status }) => status === 'failed');
  expect(failed).toMatchObject({ errors: [{ code: 130_403 }] });
});

it('answer-lost: taken, and the connection breaks', async () => {
  await plays('answer-lost');
  await expect(here.client.text(SILVIA, 'oi')).rejects.toThrow();
  const { body } = await here.client.sim('GET', `/outbox?to=${SILVIA}`);
  expect(body['count']).toBe(1);
});

it.each([
  ['block-list-partial', 139_100],
  ['block-list-full', 139_101],
  ['block-list-fails', 139_103],
])('%s: the next block fails', async (name, code) => {
  await plays(name);
  expect(codeOf(await here.client.block([{ user: SILVIA }]))).toBe(code);
});

it('block-list-moves: the next page is refused', async () => {
  await plays('block-list-moves');
  const page = await here.client.call('GET', `/v25.0/${CHANNEL}/block_users`);
  expect(codeOf(page)).toBe(139_102);
});

it('a call is told twice under one id, and one that nobody took once', async () => {
  await here.client.sim('POST', '/scenarios/voice-call', { everyMs: 50 });
  await here.business.until(() => here.business.received.length === 3);
  const calls = here.business.received.flatMap(({ body }) => {
    const value: Readonly<Record<string, unknown>> = body.entry[0]?.changes[0]?.value ?? {};
    return value['calls'] as { id: string }[];
  });
  expect(calls[0]?.id).toBe(calls[1]?.id);
  expect(calls[2]).toMatchObject({ event: 'terminate', status: 'FAILED' });
});

it('whoever blocks the business leaves one tick', async () => {
  await here.client.sim('POST', '/scenarios/person-blocks-us', {});
  // The message first, then the block: the scenario is over when both are done.
  await here.business.until(() => here.business.messages().length === 1);
  await here.business.until(() =>
    here.simulator.scenarios
      .list()
      .every(({ name, isRunning }) => name !== 'person-blocks-us' || !isRunning),
  );
  await here.client.text('5531955550188', 'Desculpe');
  await here.client.sim('GET', '/idle');
  expect(here.business.statuses().map(({ status }) => status)).toEqual(['sent']);
});
