import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from './deps.ts';
import { inTx } from './in-tx.ts';
import { openTestDeps, type TestDeps } from './testing/test-deps.ts';

const actor = systemActor('00000000-0000-0000-0000-000000000000');
let deps: TestDeps;

beforeAll(async () => {
  deps = await openTestDeps();
  await sql`create table kept (n int primary key)`.execute(deps.db);
});
afterAll(() => deps.close());

const kept = async (): Promise<number[]> => {
  const { rows } = await sql<{ n: number }>`select n from kept order by n`.execute(deps.db);
  await sql`truncate kept`.execute(deps.db);
  return rows.map((row) => row.n);
};

describe('a transaction', () => {
  it('carries out what is issued together in the order of its issue', async () => {
    const seen = await inTx(deps, actor, async ({ tx }) => {
      const [, { rows }, , { rows: later }] = await Promise.all([
        sql`insert into kept values (1)`.execute(tx),
        sql`select n from kept`.execute(tx),
        sql`insert into kept values (2)`.execute(tx),
        sql`select n from kept`.execute(tx),
      ]);
      return [rows.length, later.length];
    });
    expect(seen).toEqual([1, 2]);
    expect(await kept()).toEqual([1, 2]);
  });

  it('keeps nothing when one of them fails, and says why', async () => {
    const work = inTx(deps, actor, ({ tx }) =>
      Promise.all([
        sql`insert into kept values (1)`.execute(tx),
        sql`insert into kept values (1)`.execute(tx),
        sql`insert into kept values (2)`.execute(tx),
      ]),
    );
    await expect(work).rejects.toMatchObject({ code: '23505' });
    expect(await kept()).toEqual([]);
  });

  it('does not call committed what PostgreSQL rolled back', async () => {
    const work = inTx(deps, actor, async ({ tx }) => {
      await sql`insert into kept values (1)`.execute(tx);
      await sql`select 1 / 0`.execute(tx).catch(() => undefined);
    });
    await expect(work).rejects.toThrow('swallowed');
    expect(await kept()).toEqual([]);
  });

  it('sees what commits while it waits for a lock issued just before', async () => {
    await sql`insert into kept values (1)`.execute(deps.db);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = inTx(deps, actor, async ({ tx }) => {
      await sql`select pg_advisory_xact_lock(77)`.execute(tx);
      await held;
      await sql`insert into kept values (2)`.execute(tx);
    });
    const second = inTx(deps, actor, async ({ tx }) => {
      const [, { rows }] = await Promise.all([
        sql`select pg_advisory_xact_lock(77)`.execute(tx),
        sql`select n from kept`.execute(tx),
      ]);
      return rows.length;
    });
    setTimeout(release, 100);
    await first;
    expect(await second).toBe(2);
    await kept();
  });

  it('gives its connection back, however it ends', async () => {
    for (let n = 0; n < 20; n += 1) {
      const work = inTx(deps, actor, async () => {
        throw new Error('no');
      });
      await expect(work).rejects.toThrow('no');
    }
    expect(deps.pool.idleCount).toBe(deps.pool.totalCount);
  });

  it('is an object of its own each time', async () => {
    const txs = await Promise.all([1, 2].map(() => inTx(deps, actor, async ({ tx }) => tx)));
    expect(txs[0]).not.toBe(txs[1]);
  });
});
