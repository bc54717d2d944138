import { getHeapSpaceStatistics } from 'node:v8';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDeps, type TestDeps } from './testing/test-deps.ts';
import { clientThatWaits } from './watched-client.ts';

let deps: TestDeps;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

const oldMb = (): number =>
  (getHeapSpaceStatistics().find((one) => one.space_name === 'old_space')?.space_used_size ?? 0) /
  1024 ** 2;

/** By how much the old space grows while a connection reads about 150 MB of rows, of which each could go at once. */
const grownBy = async (client: pg.Client): Promise<number> => {
  await client.connect();
  try {
    const before = oldMb();
    let most = 0;
    for (let n = 0; n < 300; n += 1) {
      const { rows } = await client.query({
        text: `select n, 'first ' || n as a, 'second ' || n as b, 'third ' || n as c from generate_series(1, 1000 + $1::int) n`,
        values: [n % 2],
      });
      expect(rows.length).toBeGreaterThanOrEqual(1000);
      most = Math.max(most, oldMb() - before);
    }
    return most;
  } finally {
    await client.end();
  }
};

describe('a connection', () => {
  it('keeps no answer that was read', async () => {
    const Client = clientThatWaits(60_000);
    const grown = await grownBy(new Client({ connectionString: deps.databaseUrl }));
    // pg's own promises and timers: 16 to 18 MB.
    expect(grown).toBeLessThan(8);
  });
});
