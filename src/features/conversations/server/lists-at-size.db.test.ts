import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor, Tx } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { type ConversationListQuery, listConversations } from './conversation-queries.ts';
import { aChannel, type Place } from './testing.ts';

/** All newer than those of the other number, which are looked for. */
const many = 6_000;
const few = 3_000;
const limit = 50;
let deps: TestDeps;
let admin: Actor;
let quiet: Place;

const fill = (place: Place, count: number, isOlder: boolean) =>
  sql`
  with person as (select n, gen_random_uuid() as contact from generate_series(1, ${count}::int) n), contacts as (
    insert into contact (workspace_id, id, profile_name)
    select ${place.workspaceId}::uuid, contact, 'Cliente ' || n from person)
  insert into conversation (workspace_id, id, contact_id, channel_id, status, assignee_id, last_activity_at)
  select ${place.workspaceId}::uuid, gen_random_uuid(), contact, ${place.channelId}::uuid,
         case when n % 4 = 3 then 'resolved' else 'open' end, case when n % 4 = 1 then ${admin.id}::uuid end,
         clock_timestamp() - n * interval '1 second' - ${isOlder ? '30 days' : '0 days'}::interval
    from person`.execute(deps.db);

beforeAll(async () => {
  deps = await openTestDeps();
  const workspaceId = await aWorkspace(deps.db);
  admin = await aMember(deps.db, workspaceId);
  quiet = await aChannel(deps.db, workspaceId);
  await fill(await aChannel(deps.db, workspaceId), many, false);
  await fill(quiet, few, true);
  await sql`vacuum analyze`.execute(deps.db);
}, 60_000);
afterAll(() => deps.close());

/** Rows of conversations that were looked at, by whatever way. */
const lookedAt = async (tx: Tx): Promise<number> => {
  const { rows } = await sql<{ rows: number }>`
    select (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_xact_user_tables where relname = 'conversation'`.execute(
    tx,
  );
  return rows[0]?.rows ?? 0;
};

it.each<Omit<ConversationListQuery, 'limit'>>([
  { view: 'all' },
  { view: 'all', status: 'open' },
  { view: 'queue' },
  { view: 'blocked' },
])('walks to the conversations of one number and past no others: %o', async (query) => {
  await inTx(deps, admin, async ({ tx }) => {
    const before = await lookedAt(tx);
    const asked = { ...query, channelId: quiet.channelId, limit };
    const { items } = await listConversations(tx, admin, asked);
    expect(items).toHaveLength(query.view === 'blocked' ? 0 : limit);
    expect((await lookedAt(tx)) - before).toBeLessThan(4 * limit);
  });
});
