import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { ListPlace } from './job-names.ts';
import { type DueRow, isWanted } from './row-store.ts';

/** What a try has shown of one row. */
export interface Settled extends DueRow {
  /** To be tried again by itself. */
  readonly isDue: boolean;
}

/**
 * Records the ends of tries; a row that was made due meanwhile stays so, whatever this one found. One that is to be tried again
 * has found nothing: what is known of it by now stays.
 */
export const recordOutcomes = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  rows: readonly Settled[],
): Promise<void> => {
  await sql`
    update upstream_block u
       set state = case when o.is_due then u.state else o.state end,
           code = case when o.is_due then u.code else o.code end, is_listed = o.is_listed, value = o.value,
           tried_at = clock_timestamp(),
           tries = case when o.is_due then u.tries + 1 else 0 end,
           is_due = o.is_due or u.version <> o.version
      from unnest(${rows.map((r) => r.contactId)}::uuid[], ${rows.map((r) => r.matchKey)}::text[],
                  ${rows.map((r) => r.value)}::text[], ${rows.map((r) => r.version)}::int[],
                  ${rows.map((r) => r.state)}::text[], ${rows.map((r) => r.code)}::text[],
                  ${rows.map((r) => r.isListed)}::bool[], ${rows.map((r) => r.isDue)}::bool[])
           as o (contact_id, match_key, value, version, state, code, is_listed, is_due)
     where u.workspace_id = ${workspaceId} and u.channel_id = ${channelId}
       and u.contact_id = o.contact_id and u.match_key = o.match_key`.execute(tx);
};

/** Taken off the list: nothing is left to remember of those that nobody asked for meanwhile. */
export const dropRemoved = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  rows: readonly DueRow[],
): Promise<void> => {
  await sql`delete from upstream_block u
     using unnest(${rows.map((r) => r.contactId)}::uuid[], ${rows.map((r) => r.matchKey)}::text[],
                  ${rows.map((r) => r.version)}::int[]) as o (contact_id, match_key, version)
     where u.workspace_id = ${workspaceId} and u.channel_id = ${channelId}
       and u.contact_id = o.contact_id and u.match_key = o.match_key and u.version = o.version`.execute(
    tx,
  );
};

/** Whether the list of the channel `ch` was too full for somebody who is to be on it, and who waits for room. */
export const isListFull = sql<boolean>`exists (select 1 from upstream_block u
  where u.workspace_id = ch.workspace_id and u.channel_id = ch.id and u.state = 'list-full' and ${isWanted})`;

/** Whom the list was too full for. */
export const findListFull = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  limit: number,
): Promise<string[]> => {
  const { rows } = await sql<{ contactId: string }>`
    select contact_id as "contactId" from upstream_block
     where workspace_id = ${workspaceId} and channel_id = ${channelId} and state = 'list-full'
     order by added_at, id limit ${limit}`.execute(tx);
  return rows.map((row) => row.contactId);
};

/** There is room again: they may be tried. Their contacts are locked. */
export const retryListFull = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  contactIds: readonly string[],
): Promise<void> => {
  await sql`update upstream_block set is_due = true, version = version + 1
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and state = 'list-full'
      and contact_id = any(${[...contactIds]}::uuid[])`.execute(tx);
};

export interface ListStanding {
  readonly isConnected: boolean;
  readonly isOn: boolean;
  /** Milliseconds that are left of the rest WhatsApp asked for. */
  readonly restMs: number;
  readonly rests: number;
  /** Something may be to be asked; false for most jobs, whose work the one before them has done. */
  readonly hasDue: boolean;
}

export const findStanding = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
): Promise<ListStanding | undefined> => {
  const { rows } = await sql<ListStanding>`
    select ch.disconnected_at is null as "isConnected", ch.upstream_blocks as "isOn",
           coalesce(l.rests, 0) as rests,
           (not ch.upstream_blocks
            or exists (select 1 from upstream_block u where u.workspace_id = ch.workspace_id and u.channel_id = ch.id and u.is_due)
            or exists (select 1 from upstream_stranger s where s.workspace_id = ch.workspace_id and s.channel_id = ch.id and s.is_due))
           as "hasDue",
           greatest(0, coalesce(extract(epoch from l.rest_until - clock_timestamp()) * 1000, 0))::float8 as "restMs"
      from channel ch
      left join upstream_list l on l.workspace_id = ch.workspace_id and l.channel_id = ch.id
     where ch.workspace_id = ${workspaceId} and ch.id = ${channelId}`.execute(tx);
  return rows[0];
};

/** @param restMs null: nothing stands against the next request */
export const noteRest = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  restMs: number | null,
): Promise<void> => {
  await sql`
    insert into upstream_list as l (workspace_id, channel_id, rest_until, rests)
    values (${workspaceId}, ${channelId}, clock_timestamp() + ${restMs}::float8 * interval '1 millisecond',
            case when ${restMs}::float8 is null then 0 else 1 end)
    on conflict (workspace_id, channel_id) do update
       set rest_until = excluded.rest_until,
           rests = case when excluded.rests = 0 then 0 else least(l.rests + 1, 1000) end`.execute(
    tx,
  );
};
