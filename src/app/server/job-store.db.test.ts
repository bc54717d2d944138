import { runMigrations } from 'graphile-worker';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { releaseJobsOfTheDead } from './job-store.ts';

let deps: TestDeps;

beforeAll(async () => {
  deps = await openTestDeps();
  await runMigrations({ pgPool: deps.pool });
});
afterAll(() => deps.close());
beforeEach(() => deps.pool.query('delete from graphile_worker._private_jobs'));

/** A job that this process holds, taken so many seconds ago. */
const hold = async (by: string, secondsAgo: number, maxAttempts = 25): Promise<void> => {
  const { rows } = await deps.pool.query<{ id: string }>(
    `select id from graphile_worker.add_job('a-job', max_attempts => $1::int)`,
    [maxAttempts],
  );
  await deps.pool.query(
    `update graphile_worker._private_jobs
        set locked_by = $1, locked_at = now() - $2 * interval '1 second', attempts = 1 where id = $3`,
    [by, secondsAgo, rows[0]?.id],
  );
};

const jobs = async (): Promise<{ held: string[]; free: number }> => {
  const { rows } = await deps.pool.query<{ locked_by: string | null }>(
    'select locked_by from graphile_worker.jobs order by id',
  );
  const held = rows.flatMap(({ locked_by: by }) => (by === null ? [] : [by]));
  return { held, free: rows.length - held.length };
};

describe('jobs that a process holds', () => {
  it('are given back when it has taken nothing for a while', async () => {
    await hold('dead', 300);
    await hold('dead', 40);
    await releaseJobsOfTheDead(deps.pool);
    expect(await jobs()).toEqual({ held: [], free: 2 });
  });

  it('stay with one that took another just now', async () => {
    await hold('alive', 300);
    await hold('alive', 1);
    await hold('young', 10);
    await releaseJobsOfTheDead(deps.pool);
    expect(await jobs()).toEqual({ held: ['alive', 'alive', 'young'], free: 0 });
  });

  it('are forgotten a day after their last try', async () => {
    await hold('dead', 40, 1);
    await releaseJobsOfTheDead(deps.pool);
    expect(await jobs()).toEqual({ held: [], free: 1 });
    await deps.pool.query(
      `update graphile_worker._private_jobs set updated_at = now() - interval '25 hours'`,
    );
    await releaseJobsOfTheDead(deps.pool);
    expect(await jobs()).toEqual({ held: [], free: 0 });
  });
});
