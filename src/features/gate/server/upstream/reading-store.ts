import { sql } from 'kysely';
import type { ListedPerson } from '#channels/block-list-port.ts';
import { matchKeysOf } from '#features/contacts/server/index.ts';
import type { Db, Tx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { checkKeyStart, type ListPlace } from './job-names.ts';

export interface Reading {
  readonly id: string;
  readonly from: Date;
  readonly cursor: string | null;
  readonly restarts: number;
  /** Up to this contact what was read is settled; null while the list is still being read. */
  readonly settledTo: string | null;
}

/** A new reading takes the place of one that was under way; what that had found is forgotten. */
export const beginReading = async (
  tx: Tx,
  place: ListPlace,
  restarts: number,
): Promise<Reading> => {
  const { workspaceId, channelId } = place;
  await forgetReading(tx, place);
  const id = newId();
  const { rows } = await sql<{ from: Date }>`
    insert into upstream_list as l (workspace_id, channel_id, read_id, read_from, read_cursor, restarts)
    values (${workspaceId}, ${channelId}, ${id}, clock_timestamp(), null, ${restarts})
    on conflict (workspace_id, channel_id) do update
       set read_id = excluded.read_id, read_from = excluded.read_from, read_cursor = null,
           settled_to = null, restarts = excluded.restarts
    returning l.read_from as from`.execute(tx);
  return { id, from: rows[0]?.from ?? new Date(), cursor: null, restarts, settledTo: null };
};

export const findReading = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
): Promise<Reading | undefined> => {
  const { rows } = await sql<Reading>`
    select read_id as id, read_from as from, read_cursor as cursor, restarts, settled_to as "settledTo"
      from upstream_list
     where workspace_id = ${workspaceId} and channel_id = ${channelId} and read_id is not null for update`.execute(
    tx,
  );
  return rows[0];
};

/** What was found so far says nothing. */
export const forgetReading = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
): Promise<void> => {
  await sql`delete from upstream_listed s using upstream_list l
     where l.workspace_id = ${workspaceId} and l.channel_id = ${channelId}
       and s.workspace_id = l.workspace_id and s.read_id = l.read_id`.execute(tx);
  await sql`update upstream_list set read_id = null, read_from = null, read_cursor = null, settled_to = null
    where workspace_id = ${workspaceId} and channel_id = ${channelId}`.execute(tx);
};

/** Whom a step of the reading found, and where the next one begins. */
export const addListed = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  readId: string,
  people: readonly ListedPerson[],
  cursor: string | null,
): Promise<void> => {
  const keyOf = (person: ListedPerson, kind: string): string | null =>
    matchKeysOf(person).find((key) => key.kind === kind)?.key ?? null;
  await sql`
    insert into upstream_listed (workspace_id, read_id, phone, phone_key, bsuid, bsuid_key)
    select ${workspaceId}::uuid, ${readId}::uuid, u.* from unnest(
      ${people.map((p) => p.phone ?? null)}::text[], ${people.map((p) => keyOf(p, 'phone'))}::text[],
      ${people.map((p) => p.bsuid ?? null)}::text[], ${people.map((p) => keyOf(p, 'bsuid'))}::text[])
      as u (phone, phone_key, bsuid, bsuid_key)`.execute(tx);
  await sql`update upstream_list set read_cursor = ${cursor}
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and read_id = ${readId}`.execute(
    tx,
  );
};

/** The whole list was read, and is settled for every contact up to this one. */
export const noteSettled = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  readId: string,
  contactId: string,
): Promise<void> => {
  await sql`update upstream_list set settled_to = ${contactId}
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and read_id = ${readId}`.execute(
    tx,
  );
};

/** The whole list was read, and settled. */
export const endReading = async (tx: Tx, place: ListPlace, readId: string): Promise<void> => {
  const { workspaceId, channelId } = place;
  await sql`update upstream_list set checked_at = clock_timestamp(), failed_at = null, failure = null,
       listed = (select count(*) from upstream_listed s where s.workspace_id = ${workspaceId} and s.read_id = ${readId})
     where workspace_id = ${workspaceId} and channel_id = ${channelId}`.execute(tx);
  await forgetReading(tx, place);
};

/** Taken off the list since a reading that is under way found them: what it has read of them is not so any more. */
export const forgetFound = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  matchKeys: readonly string[],
): Promise<void> => {
  const keys = [...matchKeys];
  await sql`delete from upstream_listed s using upstream_list l
     where l.workspace_id = ${workspaceId} and l.channel_id = ${channelId}
       and s.workspace_id = l.workspace_id and s.read_id = l.read_id
       and (s.phone_key = any(${keys}::text[]) or s.bsuid_key = any(${keys}::text[]))`.execute(tx);
};

/** It came to nothing: what was known before stays. */
export const failReading = async (tx: Tx, place: ListPlace, failure: string): Promise<void> => {
  const { workspaceId, channelId } = place;
  await forgetReading(tx, place);
  await sql`
    insert into upstream_list (workspace_id, channel_id, failed_at, failure)
    values (${workspaceId}, ${channelId}, clock_timestamp(), ${failure.slice(0, 60)})
    on conflict (workspace_id, channel_id) do update
       set failed_at = excluded.failed_at, failure = excluded.failure`.execute(tx);
};

/** Every number that is connected and has the layer. */
export const findAllLists = async (tx: Tx): Promise<ListPlace[]> => {
  const { rows } = await sql<ListPlace>`
    select workspace_id as "workspaceId", id as "channelId" from channel
     where disconnected_at is null and upstream_blocks order by id`.execute(tx);
  return rows;
};

/**
 * Readings with nobody to go on with them: their job has used up its tries without a word, because its process died in the
 * last one. A reading and its job are written in one transaction, and a job that is held counts until it is given back.
 */
export const findLostReadings = async (db: Db | Tx): Promise<(ListPlace & { id: string })[]> => {
  const { rows } = await sql<ListPlace & { id: string }>`
    select l.workspace_id as "workspaceId", l.channel_id as "channelId", l.read_id as id from upstream_list l
     where l.read_id is not null and not exists (
       select 1 from graphile_worker.jobs j where j.key = ${checkKeyStart} || l.channel_id
          and (j.locked_by is not null or j.attempts < j.max_attempts))`.execute(db);
  return rows;
};
