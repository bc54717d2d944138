import { sql } from 'kysely';
import type { Actor, Db, Tx } from '#platform/server/deps.ts';

/** Neither is an epoch that the contact, or the one it came from, ever had (docs/gate.md, epoch). */
export const raiseEpochs = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<void> => {
  const ids = [...contactIds];
  await sql`update contact c set block_epoch = 1 + (
      select max(o.block_epoch) from contact o where o.workspace_id = ${workspaceId} and o.id = any(${ids}::uuid[]))
    where c.workspace_id = ${workspaceId} and c.id = any(${ids}::uuid[])`.execute(tx);
};

/**
 * What was sent during a block of the one must not appear after it with the other: every interval of it until now, an
 * ended row each.
 */
export const copySpans = async (
  tx: Tx,
  workspaceId: string,
  from: string,
  to: string,
  by: Actor,
): Promise<void> => {
  await sql`
    with clock as materialized (select clock_timestamp() as now)
    insert into block (workspace_id, id, contact_id, reason, note, cause, started_by_kind, started_by, started_at,
                       expires_at, upstream, lifted_at, lifted_by_kind, lifted_by)
    select b.workspace_id, gen_random_uuid(), ${to}, b.reason, b.note, 'split', b.started_by_kind, b.started_by,
           b.started_at, b.expires_at, b.upstream,
           coalesce(b.lifted_at, greatest(least(b.expires_at, clock.now), b.started_at)),
           case when b.lifted_at is not null then b.lifted_by_kind
                when b.expires_at <= clock.now then 'system' else ${by.kind} end,
           case when b.lifted_at is not null then b.lifted_by
                when b.expires_at <= clock.now then null else ${by.id}::uuid end
      from block b, clock where b.workspace_id = ${workspaceId} and b.contact_id = ${from}`.execute(
    tx,
  );
};

/**
 * Requests to WhatsApp that could still be written, or are under way: whom they name was decided when they were claimed.
 * One whose deadline has passed is written by nobody any more.
 */
export const countOnWire = async (
  db: Db | Tx,
  workspaceId: string,
  contactId: string,
): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from dispatch_claim
     where workspace_id = ${workspaceId} and contact_id = ${contactId} and ended_at is null
       and deadline > clock_timestamp()`.execute(db);
  return rows[0]?.n ?? 0;
};

/** Where these identities are on WhatsApp's lists because of us, or were seen there, goes along with them. */
export const moveUpstreamOf = async (
  tx: Tx,
  workspaceId: string,
  { from, to, keys }: { from: string; to: string; keys: readonly string[] },
): Promise<void> => {
  const names = [...keys];
  await sql`delete from upstream_block t
     where t.workspace_id = ${workspaceId} and t.contact_id = ${to} and t.match_key = any(${names}::text[])`.execute(
    tx,
  );
  await sql`update upstream_block set contact_id = ${to}, is_due = true, version = version + 1
     where workspace_id = ${workspaceId} and contact_id = ${from} and match_key = any(${names}::text[])`.execute(
    tx,
  );
  // Who a stranger on the list is here is looked up anew by the next reading.
  await sql`update upstream_stranger set contact_id = null
     where workspace_id = ${workspaceId} and contact_id = ${from}`.execute(tx);
};

/** The numbers of ours through which this contact speaks. */
export const findChannelsOf = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select channel_id as id from conversation
     where workspace_id = ${workspaceId} and contact_id = ${contactId} order by channel_id`.execute(
    tx,
  );
  return rows.map((row) => row.id);
};
