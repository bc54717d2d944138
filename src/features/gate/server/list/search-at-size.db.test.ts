import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peopleSearch } from '#features/contacts/server/index.ts';
import type { Actor, Tx } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { type BlockListQuery, listBlocks } from './list-queries.ts';
import { orderOf } from './order-queries.ts';
import { findPlaces } from './place-queries.ts';

/** Newest first: 21 and 31 among one another, then 41, and 11, all of which end alike, behind more than are looked at. */
const many = 10_000;
const unblocked = 1_200;
let deps: TestDeps;
let admin: Actor;

beforeAll(async () => {
  deps = await openTestDeps();
  const workspaceId = await aWorkspace(deps.db);
  admin = await aMember(deps.db, workspaceId);
  await sql`
    with person as (
      select n, gen_random_uuid() as contact,
             '55' || case when n > 8500 then 11 when n > 4500 then 41 when n % 3 = 0 then 31 else 21 end || '9'
                  || case when n > 8500 then lpad(n::text, 4, '0') || '4321' else lpad((n * 7919 % 100000000)::text, 8, '0') end as phone
        from generate_series(1, ${many}::int) n
    ), contacts as (
      insert into contact (workspace_id, id, profile_name)
      select ${workspaceId}::uuid, contact, 'Cliente ' || n from person
    ), identities as (
      insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value, is_former)
      select ${workspaceId}::uuid, gen_random_uuid(), contact, 'phone', 'phone:' || phone, phone, n % 7 = 0 from person
    )
    insert into block (workspace_id, id, contact_id, reason, started_by_kind, started_at, lifted_at, lifted_by_kind)
    select ${workspaceId}::uuid, gen_random_uuid(), contact, case when n % 2 = 0 then 'spam' else 'fraud' end, 'system',
           clock_timestamp() - n * interval '1 minute',
           case when n % 10 = 0 then clock_timestamp() end, case when n % 10 = 0 then 'system' end
      from person`.execute(deps.db);
  await sql`update block set expires_at = started_at + make_interval(days => 30 + ('x' || substr(id::text, 2, 1))::bit(4)::int)
    where workspace_id = ${workspaceId} and id::text < '4'`.execute(deps.db);
  await sql`insert into block_attempt_total (workspace_id, block_id, is_open, attempts, last_at)
    select workspace_id, id, is_open, 1 + ('x' || substr(id::text, 3, 1))::bit(4)::int, started_at
      from block where id::text < '2'`.execute(deps.db);
  // Many, and nobody of them blocked.
  await sql`with person as (select n, gen_random_uuid() as contact from generate_series(1, ${unblocked}::int) n), contacts as (
      insert into contact (workspace_id, id, profile_name) select ${workspaceId}::uuid, contact, 'Livre ' || n from person)
    insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value)
    select ${workspaceId}::uuid, gen_random_uuid(), contact, 'phone', 'phone:55519' || (80000000 + n), '55519' || (80000000 + n) from person`.execute(
    deps.db,
  );
  await sql`vacuum analyze`.execute(deps.db);
}, 60_000);
afterAll(() => deps.close());

/** Two pages of the list. */
const listed = async (tx: Tx, query: Partial<BlockListQuery>): Promise<string[]> => {
  const first = await listBlocks(tx, admin.workspaceId, { limit: 75, ...query });
  const cursor = first.nextCursor ?? undefined;
  const second = await listBlocks(tx, admin.workspaceId, { limit: 75, ...query, cursor });
  return [...first.items, ...second.items].map(({ id }) => id);
};

/** The same, asked without any cleverness. */
const expected = async (
  tx: Tx,
  like: string,
  where = sql`true`,
  order = sql`b.started_at desc`,
) => {
  const { rows } = await sql<{ id: string }>`
    select b.id from block b join contact_identity i on i.workspace_id = b.workspace_id and i.contact_id = b.contact_id
      left join block_attempt_total t on t.workspace_id = b.workspace_id and t.block_id = b.id
     where b.workspace_id = ${admin.workspaceId} and i.match_key like ${like} and ${where}
     order by ${order}, b.id limit 150`.execute(tx);
  return rows.map(({ id }) => id);
};

const orders = [
  ['until', sql`coalesce(b.expires_at, 'infinity')`],
  ['attempts', sql`coalesce(t.attempts, 0) desc, b.id desc`],
  ['last-attempt', sql`coalesce(t.last_at, '-infinity') desc, b.id desc`],
] as const;

/** Of the indexes of blocks, also where nothing of a block itself was read. */
const entriesRead = async (tx: Tx): Promise<number> => {
  const { rows } = await sql<{ entries: number }>`
    select sum(pg_stat_get_xact_tuples_returned(indexrelid))::int as entries from pg_index where indrelid = 'block'::regclass`.execute(
    tx,
  );
  return rows[0]?.entries ?? Number.NaN;
};

const peopleRead = async (tx: Tx): Promise<number> => {
  const { rows } = await sql<{
    rows: number;
  }>`select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
    from pg_stat_xact_user_tables where relname = 'contact'`.execute(tx);
  return rows[0]?.rows ?? Number.NaN;
};

const rowsReadWhole = async (tx: Tx): Promise<number> => {
  const { rows } = await sql<{ rows: number }>`select sum(seq_tup_read)::int as rows
    from pg_stat_xact_user_tables where relname in ('block', 'contact', 'contact_identity')`.execute(
    tx,
  );
  return rows[0]?.rows ?? Number.NaN;
};

describe('a search that very many match', () => {
  const active = sql`b.lifted_at is null`;

  it.each(['21', '31', '41', '11'])(
    'tells the newest of area %s, wherever they stand',
    async (area) => {
      await inTx(deps, admin, async ({ tx }) => {
        const search = `${area}9`;
        const like = `phone:55${area}9%`;
        const before = await rowsReadWhole(tx);
        const found = await listed(tx, { search });
        expect((await rowsReadWhole(tx)) - before).toBeLessThan(many / 4);
        expect(found).toHaveLength(150);
        expect(found).toEqual(await expected(tx, like, active));
        expect(await listed(tx, { search, state: 'all' })).toEqual(await expected(tx, like));
        expect(await listed(tx, { search, state: 'ended' })).toEqual(
          await expected(tx, like, sql`not ${active}`),
        );
        expect(await listed(tx, { search, sort: 'oldest', reason: 'spam' })).toEqual(
          await expected(tx, like, sql`${active} and b.reason = 'spam'`, sql`b.started_at`),
        );
        for (const [sort, order] of orders) {
          expect(await listed(tx, { search, sort }), sort).toEqual(
            await expected(tx, like, active, order),
          );
        }
      });
    },
  );

  it('looks at no more than the top of the list, where nobody of them is blocked', async () => {
    await inTx(deps, admin, async ({ tx }) => {
      const before = await entriesRead(tx);
      const page = await listBlocks(tx, admin.workspaceId, { limit: 75, search: '519' });
      expect(page).toEqual({ items: [], nextCursor: null });
      const read = (await entriesRead(tx)) - before;
      expect(read).toBeGreaterThan(5_000);
      expect(read).toBeLessThan(6_000 + unblocked);
    });
  });

  it('finds whoever has more numbers than stand in the index', async () => {
    await inTx(deps, admin, async ({ tx }) => {
      const { rows } = await sql<{
        id: string;
        contactId: string;
      }>`select b.id, b.contact_id as "contactId" from block b
        join contact_identity i on i.workspace_id = b.workspace_id and i.contact_id = b.contact_id
        where b.workspace_id = ${admin.workspaceId} and i.match_key like 'phone:5521%' and b.lifted_at is null
        order by b.started_at desc limit 1`.execute(tx);
      const [{ id, contactId } = { id: '', contactId: '' }] = rows;
      const before = await listed(tx, { search: '119' });
      await sql`insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value)
        select ${admin.workspaceId}::uuid, gen_random_uuid(), ${contactId}::uuid, 'phone', 'phone:5511988' || n, '5511988' || n
          from generate_series(100000, 100400) n`.execute(tx);
      expect(await listed(tx, { search: '119' })).toEqual([id, ...before.slice(0, -1)]);
      await sql`delete from contact_identity where workspace_id = ${admin.workspaceId} and contact_id = ${contactId}
        and match_key like 'phone:5511988%'`.execute(tx);
      expect(await listed(tx, { search: '119' })).toEqual(before);
    });
  });

  it.each(['custom', 'generic'])(
    'by a name looks at the top of the list, by a %s plan',
    async (plan) => {
      await inTx(deps, admin, async ({ tx }) => {
        // By one that knows no pattern few are expected, whom it seems cheaper to look up first.
        await sql`select set_config('plan_cache_mode', ${`force_${plan}_plan`}, true)`.execute(tx);
        const newest = { order: orderOf('newest', false), at: undefined, isReview: false } as const;
        const asked = { ...newest, state: 'active', limit: 75 } as const;
        const find = () => {
          const people = peopleSearch(admin.workspaceId, 'cliente');
          return findPlaces(tx, admin.workspaceId, asked, [sql`b.reason = 'fraud'`], people);
        };
        // Plans are kept of what is asked again.
        for (let n = 0; n < 4; n += 1) await find();
        const before = await peopleRead(tx);
        const found = await find();
        const read = (await peopleRead(tx)) - before;
        expect(found.slice(0, 75).map(({ id }) => id)).toEqual(
          (await expected(tx, '%', sql`${active} and b.reason = 'fraud'`)).slice(0, 75),
        );
        expect(read).toBeLessThan(5_001 + 600);
      });
    },
  );

  it('tells those whose number ends as was typed', async () => {
    await inTx(deps, admin, async ({ tx }) => {
      const found = await listed(tx, { search: '4321' });
      expect(found).toHaveLength(150);
      expect(found).toEqual(await expected(tx, 'phone:%4321', active));
    });
  });
});
