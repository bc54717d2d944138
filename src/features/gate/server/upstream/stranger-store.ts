import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { ListPlace } from './job-names.ts';
import type { DueRow } from './row-store.ts';

/** On WhatsApp's list, not blocked here, and its removal was asked for. */
export interface DueStranger {
  readonly id: string;
  readonly phone: string | null;
  readonly bsuid: string | null;
  readonly tries: number;
}

export const findDueStrangers = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  limit: number,
): Promise<DueStranger[]> => {
  if (limit <= 0) {
    return [];
  }
  const { rows } = await sql<DueStranger>`
    select id, phone, bsuid, tries from upstream_stranger
     where workspace_id = ${workspaceId} and channel_id = ${channelId} and is_due
     order by id limit ${limit}`.execute(tx);
  return rows;
};

export interface StrangerEnd {
  readonly id: string;
  /** Null: it is off the list. */
  readonly code: string | null;
  readonly isDue: boolean;
}

export const recordStrangers = async (
  tx: Tx,
  workspaceId: string,
  ends: readonly StrangerEnd[],
): Promise<void> => {
  const gone = ends.filter((end) => end.code === null);
  await sql`delete from upstream_stranger
    where workspace_id = ${workspaceId} and id = any(${gone.map((end) => end.id)}::uuid[])`.execute(
    tx,
  );
  const kept = ends.filter((end) => end.code !== null);
  await sql`update upstream_stranger s
       set code = o.code, is_due = o.is_due, is_removing = o.is_due, tried_at = clock_timestamp(),
           tries = case when o.is_due then s.tries + 1 else 0 end
      from unnest(${kept.map((end) => end.id)}::uuid[], ${kept.map((end) => end.code)}::text[],
                  ${kept.map((end) => end.isDue)}::bool[]) as o (id, code, is_due)
     where s.workspace_id = ${workspaceId} and s.id = o.id`.execute(tx);
};

/** Our own entries that WhatsApp did not let go of: a person decides what is done about them. */
export const leaveToPeople = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  rows: readonly (DueRow & { readonly code: string | null })[],
): Promise<void> => {
  const byKind = (kind: DueRow['kind']) =>
    rows.map((row) => (row.kind === kind ? row.value : null));
  await sql`
    insert into upstream_stranger (workspace_id, channel_id, contact_id, phone, bsuid, code, tried_at)
    select ${workspaceId}::uuid, ${channelId}::uuid, o.contact_id, ltrim(o.phone, '+'), o.bsuid, o.code,
           clock_timestamp()
      from unnest(${rows.map((row) => row.contactId)}::uuid[], ${byKind('phone')}::text[],
                  ${byKind('bsuid')}::text[], ${rows.map((row) => row.code)}::text[])
           as o (contact_id, phone, bsuid, code)
    on conflict do nothing`.execute(tx);
};

export interface Stranger {
  readonly id: string;
  readonly channelId: string;
  readonly phone: string | null;
  readonly bsuid: string | null;
}

/** Locked: of two people who decide about it one finds it gone. */
export const lockStranger = async (
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<Stranger | undefined> => {
  const { rows } = await sql<Stranger>`
    select id, channel_id as "channelId", phone, bsuid from upstream_stranger
     where workspace_id = ${workspaceId} and id = ${id} for update`.execute(tx);
  return rows[0];
};

/** Without a lock: contacts are locked before anything else. */
export const findStranger = async (
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<Stranger | undefined> => {
  const { rows } = await sql<Stranger>`
    select id, channel_id as "channelId", phone, bsuid from upstream_stranger
     where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
  return rows[0];
};

export const deleteStranger = async (tx: Tx, workspaceId: string, id: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`delete from upstream_stranger
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
};

export const askRemoval = async (tx: Tx, workspaceId: string, id: string): Promise<void> => {
  await sql`update upstream_stranger set is_removing = true, is_due = true, code = null, tries = 0
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
};

/** What was taken over is on the list already, whether or not there is a conversation. */
export const markListed = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  contactId: string,
): Promise<void> => {
  await sql`update upstream_block set state = 'applied', code = null, is_listed = true, tried_at = clock_timestamp()
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and contact_id = ${contactId}`.execute(
    tx,
  );
};
