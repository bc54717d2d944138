import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Tx } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { aChannel } from './testing.ts';

/** Looked at one by one they take up to four seconds; each compared with each, many more. */
const many = 10_000;
const mostMs = 6_000;
const mostReadForEach = 30;

// An installation that is vacuumed before anybody is blocked has figures of empty tables, which say something else than none.
describe.each([
  ['tables that were never looked at', false],
  ['tables that were vacuumed while empty', true],
])('%s', (_, wasVacuumed) => {
  /** Rows and entries of indexes that this transaction has read, of all tables. */
  const readBy = async (tx: Tx): Promise<number> => {
    const { rows } = await sql<{ read: number }>`
    select ((select sum(seq_tup_read) from pg_stat_xact_user_tables)
          + (select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index))::float8 as read`.execute(
      tx,
    );
    return rows[0]?.read ?? Number.NaN;
  };

  let deps: TestDeps;
  let admin: Actor;

  beforeAll(async () => {
    deps = await openTestDeps();
    if (wasVacuumed) {
      await sql`vacuum`.execute(deps.db);
    }
    const { workspaceId, channelId } = await aChannel(deps.db, await aWorkspace(deps.db));
    admin = await aMember(deps.db, workspaceId);
    await sql`
    with person as (
      select n, gen_random_uuid() as contact, gen_random_uuid() as conversation, gen_random_uuid() as message
        from generate_series(1, ${many}::int) n
    ), contacts as (
      insert into contact (workspace_id, id, profile_name) select ${workspaceId}::uuid, contact, 'Cliente ' || n from person
    ), identities as (
      insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value)
      select ${workspaceId}::uuid, gen_random_uuid(), contact, 'phone', 'phone:' || (5511310000000 + n),
             (5511310000000 + n)::text from person
    ), conversations as (
      insert into conversation (workspace_id, id, contact_id, channel_id)
      select ${workspaceId}::uuid, conversation, contact, ${channelId}::uuid from person
    ), messages as (
      insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, status, at)
      select ${workspaceId}::uuid, message, conversation, contact, ${channelId}::uuid, 'out', 'text', 'Bom dia', 'sent',
             clock_timestamp() from person
    )
    insert into dispatch_claim (workspace_id, id, contact_id, kind, message_id, accepted_epoch, deadline)
    select ${workspaceId}::uuid, gen_random_uuid(), contact, 'send', message, 0, clock_timestamp() + interval '1 minute'
      from person`.execute(deps.db);
    await sql`insert into block (workspace_id, id, contact_id, reason, started_by_kind)
    select workspace_id, gen_random_uuid(), id, 'spam', 'system' from contact`.execute(deps.db);
  }, 60_000);
  afterAll(() => deps.close());

  // PostgreSQL plans the statements of a trigger once a connection, by the first rows that it meets.
  it.each([
    ['block', 'expires_at = started_at + make_interval(days => 30)'],
    ['contact_identity', 'is_former = true'],
    ['contact_identity', "match_key = match_key || '0'"],
    ['dispatch_claim', 'ended_at = clock_timestamp()'],
    ['message', "status = 'read'"],
  ])(
    'what watches over %s takes no longer for each row of many, when it met none before',
    async (table, change) => {
      const affected = await inTx(deps, admin, async ({ tx }) => {
        await sql`select set_config('statement_timeout', ${String(mostMs)}, true)`.execute(tx);
        const update = sql.raw(`update ${table} set ${change} where workspace_id =`);
        await sql`${update} ${admin.workspaceId} and false`.execute(tx);
        const before = await readBy(tx);
        const { numAffectedRows } = await sql`${update} ${admin.workspaceId}`.execute(tx);
        const read = (await readBy(tx)) - before;
        expect(read).toBeLessThan(many * mostReadForEach);
        return numAffectedRows;
      });
      expect(affected).toBe(BigInt(many));
    },
    60_000,
  );
});
