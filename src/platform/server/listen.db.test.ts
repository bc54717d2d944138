import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChangeNotice, decodeNotice } from './announce.ts';
import { type Listener, listenForNotices } from './listen.ts';
import { openTestDeps, type TestDeps } from './testing/test-deps.ts';

const log = pino({ level: 'silent' });
let deps: TestDeps;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

const listen = () => {
  const heard: ChangeNotice[] = [];
  const gaps: number[] = [];
  const handlers = {
    onNotice: (notice: ChangeNotice) => heard.push(notice),
    onGap: () => gaps.push(heard.length),
  };
  return { heard, gaps, listener: listenForNotices(deps.databaseUrl, handlers, log) };
};

const notify = (payload: string) =>
  deps.pool.query('select pg_notify($1, $2)', ['guarita_change', payload]);

const closesSoon = (listener: Listener): Promise<string> =>
  Promise.race([listener.close().then(() => 'closed'), sleep(3_000).then(() => 'still waiting')]);

describe('listening', () => {
  it('is not harmed by what somebody else says on the same channel', async () => {
    const { heard, gaps, listener } = listen();
    await expect.poll(() => gaps).toEqual([0]);
    for (const foreign of ['not json', '', 'null', '7', '[]', '{"w":7}']) {
      await notify(foreign);
    }
    await notify('{"w":"ours","c":["1"]}');
    await expect.poll(() => heard.map(({ workspaceId }) => workspaceId)).toEqual(['ours']);
    expect(await closesSoon(listener)).toBe('closed');
  });

  it('tells of a gap when it begins, because what changed before was not heard', async () => {
    const { gaps, listener } = listen();
    await expect.poll(() => gaps.length).toBe(1);
    await deps.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'guarita-listen'`,
    );
    await expect.poll(() => gaps.length, { timeout: 3_000 }).toBe(2);
    await listener.close();
  });

  it('ends at once, also while it is connecting', async () => {
    const { heard, listener } = listen();
    expect(await closesSoon(listener)).toBe('closed');
    await notify('{"w":"late"}');
    expect(heard).toEqual([]);
  });
});

describe('a notice', () => {
  it('that is not ours is none', () => {
    expect(['{', '"x"', '{}', '{"w":null}'].map(decodeNotice)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
