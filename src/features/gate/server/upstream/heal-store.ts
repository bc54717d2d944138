import { sql } from 'kysely';
import { blockIsActive } from '#features/contacts/server/index.ts';
import type { Db, Tx } from '#platform/server/deps.ts';
import type { ListPlace } from './job-names.ts';

/** Somebody who is blocked has written through this channel. */
export interface Heard extends ListPlace {
  readonly contactId: string;
}

/**
 * Notes one try of each at most every 10 minutes; the sweep makes them. In one statement, which only reads where a try was
 * made lately: a flood of dropped items costs nothing more. The contacts are locked, so nobody else does the same meanwhile.
 */
export const noteHealing = async (tx: Tx, heard: readonly Heard[]): Promise<void> => {
  if (heard.length === 0) {
    return;
  }
  await sql`
    with due as (
      select distinct u.w, u.ch, u.k
        from unnest(${heard.map((one) => one.workspaceId)}::uuid[], ${heard.map((one) => one.channelId)}::uuid[],
                    ${heard.map((one) => one.contactId)}::uuid[]) as u (w, ch, k)
        join channel c on c.workspace_id = u.w and c.id = u.ch and c.upstream_blocks
       where not exists (
         select 1 from upstream_heal h where h.workspace_id = u.w and h.channel_id = u.ch and h.contact_id = u.k
            and h.asked_at > clock_timestamp() - interval '10 minutes')
    )
    insert into upstream_heal as h (workspace_id, channel_id, contact_id, asked_at, is_due)
    select w, ch, k, clock_timestamp(), true from due order by k, ch
    on conflict (workspace_id, channel_id, contact_id) do update
       set asked_at = excluded.asked_at, is_due = true`.execute(tx);
};

/**
 * These contacts, locked, have other identities than before, or speak through one more number of ours. Whom our block holds,
 * WhatsApp's lists are asked about again, on every number through which they speak, by the sweep: nothing is locked or
 * enqueued here that arrivals would wait for.
 * The try that their next message is good for stays theirs, and nothing here says that they wrote.
 */
export const noteIdentities = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<void> => {
  if (contactIds.length === 0) {
    return;
  }
  await sql`
    insert into upstream_heal (workspace_id, channel_id, contact_id, asked_at, is_due)
    select b.workspace_id, ch.id, b.contact_id, to_timestamp(0), true
      from block b
      join channel ch on ch.workspace_id = b.workspace_id and ch.upstream_blocks and ch.disconnected_at is null
     where b.workspace_id = ${workspaceId} and b.contact_id = any(${[...contactIds]}::uuid[])
       and b.lifted_at is null and b.upstream and ${blockIsActive}
       and (exists (select 1 from conversation v where v.workspace_id = b.workspace_id and v.channel_id = ch.id
                       and v.contact_id = b.contact_id)
            or exists (select 1 from upstream_block u where u.workspace_id = b.workspace_id and u.channel_id = ch.id
                          and u.contact_id = b.contact_id))
     order by b.contact_id, ch.id
    on conflict (workspace_id, channel_id, contact_id) do update set is_due = true`.execute(tx);
};

/** @returns those of one number that are to be tried again, and no more than `limit`; undefined when nobody is */
export const findDueHealing = async (
  db: Db,
  limit: number,
): Promise<(ListPlace & { readonly contactIds: readonly string[] }) | undefined> => {
  const { rows } = await sql<Heard>`
    select h.workspace_id as "workspaceId", h.channel_id as "channelId", h.contact_id as "contactId"
      from upstream_heal h
      join (select workspace_id, channel_id from upstream_heal where is_due limit 1) one
        on one.workspace_id = h.workspace_id and one.channel_id = h.channel_id
     where h.is_due limit ${limit}`.execute(db);
  const [first] = rows;
  return first && { ...first, contactIds: rows.map(({ contactId }) => contactId) };
};

/** Of these locked contacts, those whose block is to be in force at WhatsApp too. */
export const findBlockedUpstream = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select b.contact_id as id from block b
      join contact c on c.workspace_id = b.workspace_id and c.id = b.contact_id and c.merged_into is null
     where b.workspace_id = ${workspaceId} and b.contact_id = any(${[...contactIds]}::uuid[])
       and b.lifted_at is null and b.upstream and ${blockIsActive}`.execute(tx);
  return rows.map(({ id }) => id);
};

export const settleHealing = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  contactIds: readonly string[],
): Promise<void> => {
  await sql`update upstream_heal set is_due = false
    where workspace_id = ${workspaceId} and channel_id = ${channelId}
      and contact_id = any(${[...contactIds]}::uuid[])`.execute(tx);
};

/** Older than that they hold nothing back. */
export const forgetHealing = async (tx: Tx): Promise<void> => {
  await sql`delete from upstream_heal
    where asked_at < clock_timestamp() - interval '1 day' and not is_due`.execute(tx);
};
