import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createPool, noLimits } from './db.ts';
import { migrate } from './migrate.ts';
import { dropDatabase, makeEmptyDatabase } from './testing/test-postgres.ts';

const directory = fileURLToPath(new URL('../../../migrations', import.meta.url));
const lines: string[] = [];
const log = pino({ level: 'info' }, { write: (line) => lines.push(line) });
let url: string;
let pools: readonly Pool[];

beforeAll(async () => {
  url = await makeEmptyDatabase(inject('adminUrl'));
  pools = Array.from({ length: 3 }, () => createPool(url, log, 2, noLimits));
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await dropDatabase(inject('adminUrl'), url);
});

const applied = async (): Promise<number[]> => {
  const { rows } = await (pools[0] as Pool).query<{ number: number }>(
    'select number from schema_migration order by number',
  );
  return rows.map(({ number }) => number);
};

describe('processes that start at once on an empty database', () => {
  it('all come up, and each migration is applied once', async () => {
    await Promise.all(pools.map((pool) => migrate(pool, directory, log)));
    const numbers = await applied();
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers.length).toBeGreaterThan(25);
    expect(lines.filter((line) => line.includes('database migrated'))).toHaveLength(1);
  });
});

describe('a database that is newer than the code', () => {
  it('is refused with the name of what it has, and stays as it is', async () => {
    const [pool] = pools;
    const before = await applied();
    await pool?.query(
      `insert into schema_migration (number, name, hash) values (9999, '9999-depois.sql', 'x')`,
    );
    for (const one of pools) {
      await expect(migrate(one, directory, log)).rejects.toThrow(
        'this database is newer than this version of Guarita (it has 9999-depois.sql). ' +
          'Start the version that last used it, or a newer one; nothing was changed.',
      );
    }
    expect(await applied()).toEqual([...before, 9999]);
    await pool?.query('delete from schema_migration where number = 9999');
    await migrate(pools[0] as Pool, directory, log);
  });
});
