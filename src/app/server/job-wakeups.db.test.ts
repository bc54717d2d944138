import { setTimeout as sleep } from 'node:timers/promises';
import { type Runner, run, runMigrations, Logger as WorkerLogger } from 'graphile-worker';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { enqueue, enqueueAll } from '#platform/server/jobs.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { longRestMs, wakeOnlyFor } from './job-wakeups.ts';

let deps: TestDeps;
let runner: Runner | undefined;

beforeAll(async () => {
  deps = await openTestDeps();
  await runMigrations({ pgPool: deps.pool });
});
afterEach(() => runner?.stop());
afterAll(() => deps.close());

/** Long enough that no look by the clock comes between, unless it is what is asked about. */
const rarelyMs = 30_000;

/** A runner whose workers would not look for a job by themselves for a minute. @returns how often they looked, and what they ran */
const start = async (
  lookEveryMs = rarelyMs,
  work: () => Promise<void> = () => Promise.resolve(),
): Promise<{ looks: () => number; ran: unknown[] }> => {
  const events = wakeOnlyFor(['own.job'], lookEveryMs);
  const ran: unknown[] = [];
  let looked = 0;
  events.on('worker:getJob:start', () => {
    looked += 1;
  });
  const listening = new Promise((resolve) => events.once('pool:listen:success', resolve));
  runner = await run({
    pgPool: deps.pool,
    logger: new WorkerLogger(() => () => undefined),
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: longRestMs,
    taskList: {
      'own.job': async (payload) => {
        ran.push(payload);
        await work();
      },
    },
    events,
  });
  await listening;
  await vi.waitFor(() => expect(looked).toBe(4));
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

  it('looks no oftener than one job needs', async () => {
    const { looks, ran } = await start();
    const before = looks();
    await add('own.job', 1);
    await vi.waitFor(() => expect(ran).toEqual([1]), 5_000);
    await sleep(500);
    // Who found it, the next, and who found it once more when it was done.
    expect(looks() - before).toBeLessThanOrEqual(3);
  });

  it('has a worker for each of many jobs that were added at once', async () => {
    let atOnce = 0;
    let most = 0;
    const { ran } = await start(rarelyMs, async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await sleep(300);
      atOnce -= 1;
    });
    const jobs = [1, 2, 3, 4, 5, 6].map((payload) => ({ payload }));
    await deps.db.transaction().execute((tx) => enqueueAll(tx, { name: 'own.job' }, jobs));
    await vi.waitFor(() => expect(ran.length).toBe(6), 5_000);
    expect(most).toBe(4);
  });

  it('finds what is due later, and what nobody told it of', async () => {
    const { ran } = await start(100);
    await deps.db
      .transaction()
      .execute((tx) =>
        enqueue(tx, { name: 'own.job' }, 'later', { runAt: new Date(Date.now() + 700) }),
      );
    await deps.pool.query(`select graphile_worker.add_job('own.job', '"untold"'::json)`);
    await vi.waitFor(() => expect(ran).toEqual(['untold']), 5_000);
    await vi.waitFor(() => expect(ran).toEqual(['untold', 'later']), 5_000);
  });
});
