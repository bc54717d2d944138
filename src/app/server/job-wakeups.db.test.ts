import { setTimeout as sleep } from 'node:timers/promises';
import { type Runner, run, runMigrations, Logger as WorkerLogger } from 'graphile-worker';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { enqueue, enqueueAll } from '#platform/server/jobs.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { wakeOnlyFor } from './job-wakeups.ts';

let deps: TestDeps;
let runner: Runner | undefined;

beforeAll(async () => {
  deps = await openTestDeps();
  await runMigrations({ pgPool: deps.pool });
});
afterEach(() => runner?.stop());
afterAll(() => deps.close());

/** A runner that would not look for a job by itself for a minute. @returns how often it looked, and what it ran */
const start = async (): Promise<{ looks: () => number; ran: unknown[] }> => {
  const events = wakeOnlyFor(['own.job'], 2);
  const ran: unknown[] = [];
  let looked = 0;
  events.on('worker:getJob:start', () => {
    looked += 1;
  });
  const listening = new Promise((resolve) => events.once('pool:listen:success', resolve));
  runner = await run({
    pgPool: deps.pool,
    logger: new WorkerLogger(() => () => undefined),
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 60_000,
    taskList: { 'own.job': (payload) => void ran.push(payload) },
    events,
  });
  await listening;
  await vi.waitFor(() => expect(looked).toBe(2));
  await sleep(100);
  return { looks: () => looked, ran };
};

const add = (name: string, payload: unknown): Promise<void> =>
  deps.db.transaction().execute((tx) => enqueue(tx, { name }, payload));

describe('a runner with few kinds of jobs', () => {
  it('looks for a job when one of its own was added', async () => {
    const { ran } = await start();
    await add('own.job', 1);
    await vi.waitFor(() => expect(ran).toEqual([1]), 5_000);
    await deps.db
      .transaction()
      .execute((tx) => enqueueAll(tx, { name: 'own.job' }, [{ payload: 2 }, { payload: 3 }]));
    await vi.waitFor(() => expect(ran.slice(1).sort()).toEqual([2, 3]), 5_000);
  });

  it('does not look when another was', async () => {
    const { looks } = await start();
    const before = looks();
    await add('another.job', 1);
    await sleep(500);
    expect(looks()).toBe(before);
  });
});
