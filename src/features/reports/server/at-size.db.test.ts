import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aChannel, type Place } from '#features/conversations/server/testing.ts';
import type { Tx } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { readProtection } from './read-protection.ts';

/** A report of a week must not depend on how many years there are: nothing is read from one end to the other. */
const many = 4_000;
let deps: TestDeps;
let place: Place;

const fill = async ({ workspaceId, channelId }: Place, memberId: string): Promise<void> => {
  await sql`
    with person as (
      select n, gen_random_uuid() as contact, gen_random_uuid() as conversation, gen_random_uuid() as request,
             gen_random_uuid() as asked, gen_random_uuid() as block, gen_random_uuid() as message,
             clock_timestamp() - n * interval '6 hours' as at
        from generate_series(1, ${many}::int) n
    ), contacts as (
      insert into contact (workspace_id, id, profile_name) select ${workspaceId}::uuid, contact, 'Cliente ' || n from person
    ), conversations as (
      insert into conversation (workspace_id, id, contact_id, channel_id)
      select ${workspaceId}::uuid, conversation, contact, ${channelId}::uuid from person
    ), messages as (
      insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, status, at,
                           removed_at, removal_number)
      select ${workspaceId}::uuid, message, conversation, contact, ${channelId}::uuid, 'in', 'text', 'received', at, at, n
        from person
    ), looks as (
      insert into audit_event (workspace_id, id, at, actor_kind, actor_id, action, subject_kind, subject_id)
      select ${workspaceId}::uuid, gen_random_uuid(), at, 'member', ${memberId}, 'media.revealed', 'message', message
        from person
    ), requests as (
      insert into removal_request (workspace_id, id, number, contact_id, conversation_id, channel_id, state, opened_at,
                                   due_at, decided_at, finished_at)
      select ${workspaceId}::uuid, request, n, contact, conversation, ${channelId}::uuid, 'removed', at, at, at, at
        from person
    ), askers as (
      insert into removal_asker (workspace_id, request_id, asker_kind, asker_id, reason, asked_at)
      select ${workspaceId}::uuid, request, 'member', ${memberId}, 'offense', at from person
    ), blocks as (
      insert into block (workspace_id, id, contact_id, reason, started_at, started_by_kind, lifted_at, lifted_by_kind)
      select ${workspaceId}::uuid, block, contact, 'spam', at, 'system', at + interval '1 hour', 'member' from person
    ), totals as (
      insert into block_attempt_total (workspace_id, block_id, is_open, attempts, last_at)
      select ${workspaceId}::uuid, block, false, 3, at from person
    ), attempts as (
      insert into block_attempt (workspace_id, block_id, kind, attempts, first_at, last_at)
      select ${workspaceId}::uuid, block, 'text', 3, at, at from person
    ), asked as (
      insert into block_request (workspace_id, id, contact_id, state, opened_at, due_at, decided_at, decided_by_kind,
                                 block_id)
      select ${workspaceId}::uuid, asked, contact, 'approved', at, at, at, 'member', block from person
    )
    insert into block_request_asker (workspace_id, request_id, asker_kind, asker_id, reason, asked_at)
    select ${workspaceId}::uuid, asked, 'member', ${memberId}, 'spam', at from person`.execute(
    deps.db,
  );
  await sql`vacuum analyze`.execute(deps.db);
};

/** Rows read by walking whole tables, by table. */
const readWhole = async (tx: Tx): Promise<Map<string, number>> => {
  const { rows } = await sql<{ table: string; rows: number }>`
    select relname as table, seq_tup_read::int as rows from pg_stat_xact_user_tables`.execute(tx);
  return new Map(rows.map(({ table, rows: read }) => [table, read]));
};

beforeAll(async () => {
  deps = await openTestDeps();
  const workspaceId = await aWorkspace(deps.db);
  place = await aChannel(deps.db, workspaceId);
  const { id } = await aMember(deps.db, workspaceId);
  await fill(place, id ?? '');
}, 60_000);
afterAll(() => deps.close());

it('reads a week of years without walking any table', async () => {
  const actor = await aMember(deps.db, place.workspaceId);
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  // Counters of attempts are read from its beginning up to now: of a week long ago that is more than the week.
  const week = { from: day(8), to: day(2) };
  const { report, whole } = await inTx(deps, actor, async ({ tx }) => {
    const before = await readWhole(tx);
    const told = await readProtection(tx, place.workspaceId, week);
    const after = await readWhole(tx);
    const tables = [...after].filter(
      ([table, rows]) => rows - (before.get(table) ?? 0) >= many / 4,
    );
    return { report: told, whole: tables.map(([table]) => table) };
  });
  expect(report.incidents.removalRequests.total).toBe(28);
  expect(report.incidents.blocks.byChannel).toMatchObject([{ total: 28 }]);
  expect(report.exposures.answering).toBe(28);
  expect(report.blocks).toMatchObject({ lifted: 28, attempts: { atLeast: 84, atMost: 84 } });
  expect(whole).toEqual([]);
});
