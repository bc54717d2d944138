import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemActor } from './deps.ts';
import { inTx } from './in-tx.ts';
import { openTestDeps, type TestDeps } from './testing/test-deps.ts';
import { WatchedClient } from './watched-client.ts';

const actor = systemActor('00000000-0000-0000-0000-000000000000');
let deps: TestDeps;

beforeAll(async () => {
  deps = await openTestDeps();
  await sql`create table row_of_test (n int primary key)`.execute(deps.db);
});
afterAll(() => deps.close());

const inOne = <T>(work: Parameters<typeof inTx<T>>[2]): Promise<T> => inTx(deps, actor, work);

/** What the connection of a transaction has under names, of what the tests ask. */
const asked = (marker: string) =>
  inOne(async ({ tx }) => {
    const { rows } = await sql<{ text: string; kept: number }>`
      select statement as text, generic_plans::int as kept from pg_prepared_statements
       where statement like ${`%${marker}%`} and statement not like '%pg_prepared_statements%'`.execute(
      tx,
    );
    return rows;
  });

const ask = (marker: string, n: number) =>
  inOne(async ({ tx }) => {
    await sql`select n, ${sql.lit(marker)} from row_of_test where n = ${n}`.execute(tx);
  });

const times = async (count: number, work: (turn: number) => Promise<unknown>): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) {
    await work(turn);
  }
};

describe('what a connection keeps', () => {
  it('is what was asked before, and its plan', async () => {
    await times(2, (n) => ask('rare', n));
    await times(20, (n) => ask('often', n));
    expect(await asked('rare')).toEqual([]);
    const [often] = await asked('often');
    expect(often?.kept).toBeGreaterThan(5);
  });

  it('outlives a failure of the transaction that it began in', async () => {
    const failing = (n: number) =>
      inOne(async ({ tx }) => {
        await Promise.all([
          sql`insert into row_of_test values (${n})`.execute(tx),
          sql`select 1 / ${0}::int as "failing"`.execute(tx),
        ]);
      });
    await times(8, (n) => expect(failing(n)).rejects.toMatchObject({ code: '22012' }));
    const { rows } = await sql`select n from row_of_test`.execute(deps.db);
    expect(rows).toEqual([]);
  });

  it('is given up with the connection when a table became another one', async () => {
    const all = () =>
      inOne(
        async ({ tx }) => (await sql`select * from row_of_test where n > ${-1}`.execute(tx)).rows,
      );
    await times(12, all);
    await sql`alter table row_of_test add column more text`.execute(deps.db);
    expect(await all()).toEqual([]);
    expect(await asked('from row_of_test where n >')).toEqual([]);
  });

  it('is planned anew when the tables have grown', async () => {
    await sql`create table growing (n int, m int)`.execute(deps.db);
    await sql`create index on growing (n)`.execute(deps.db);
    await sql`vacuum analyze growing`.execute(deps.db);
    const planOf = () =>
      inOne(async ({ tx }) => {
        const { rows } = await sql<{ plan: string }>`
          select coalesce(string_agg(name, ','), '') as plan from pg_prepared_statements
           where statement like '%from growing where n%' and statement not like '%pg_prepared%'`.execute(
          tx,
        );
        const { rows: plan } = await sql<Record<string, string>>`
          ${sql.raw(`explain execute "${rows[0]?.plan}"(7)`)}`.execute(tx);
        return JSON.stringify(plan);
      });
    const look = (n: number) =>
      inOne(({ tx }) => sql`select m from growing where n = ${n}`.execute(tx));
    await times(20, look);
    expect(await planOf()).toContain('Seq Scan');
    await sql`insert into growing select g, g from generate_series(1, 50000) g`.execute(deps.db);
    // PostgreSQL counts rows once a second at most.
    await vi.waitFor(
      async () => {
        await times(700, look);
        expect(await planOf()).toContain('Index');
      },
      { timeout: 20_000 },
    );
  }, 30_000);

  it('stays while they have not, whatever the time', async () => {
    await sql`create table steady (n int, m int)`.execute(deps.db);
    await sql`insert into steady select g, g from generate_series(1, 5000) g`.execute(deps.db);
    await sql`vacuum analyze steady`.execute(deps.db);
    const look = (n: number) =>
      inOne(({ tx }) => sql`select m from steady where n = ${n}`.execute(tx));
    const told = vi.spyOn(WatchedClient.prototype, 'query');
    const discards = () => told.mock.calls.filter(([text]) => text === 'discard plans').length;
    const looks = () =>
      told.mock.calls.filter(([query]) => query?.name === 'sizes_of_tables').length;
    // The first look knows nothing of what was before it, and PostgreSQL counts late what was inserted.
    await times(1_300, look);
    await vi.waitFor(
      async () => {
        const [before, seen] = [discards(), looks()];
        await times(650, look);
        expect(looks()).toBeGreaterThan(seen);
        expect(discards()).toBe(before);
      },
      { timeout: 20_000 },
    );
    told.mockRestore();
  }, 30_000);

  it('has an end: texts that differ each time are not kept', async () => {
    await times(160, (turn) => times(3, (n) => ask(`another-${turn}`, n)));
    const kept = await asked('another-');
    expect(kept.length).toBeGreaterThan(100);
    expect(kept.length).toBeLessThanOrEqual(150);
  });
});
