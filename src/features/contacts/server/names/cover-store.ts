import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';

/** What a contact is called, by each who calls it something. */
export interface StoredNames {
  readonly givenName: string | null;
  readonly addressBookName: string | null;
  readonly profileName: string | null;
  readonly username: string | null;
}

/** This contact, and those that merges have used up for it: their rows hold names too. In id order. */
export const findNameFamily = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select id from contact where workspace_id = ${workspaceId}
       and (id = any(${[...contactIds]}::uuid[]) or merged_into = any(${[...contactIds]}::uuid[]))
     order by id`.execute(tx);
  return rows.map(({ id }) => id);
};

/** Whose names a request covers, in id order; a merge has added the contact that remains. */
export const findCoveredBy = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select contact_id as id from name_cover
    where workspace_id = ${workspaceId} and request_id = ${requestId} order by contact_id`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
};

/** The request that covers the name of a locked contact; one at most, but after a merge. */
export const findNameRequest = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<string | undefined> => {
  const { rows } = await sql<{ id: string }>`select request_id as id from name_cover
    where workspace_id = ${workspaceId} and contact_id = ${contactId} order by request_id limit 1`.execute(
    tx,
  );
  return rows[0]?.id;
};

export const insertCovers = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  contactIds: readonly string[],
): Promise<void> => {
  await sql`insert into name_cover (workspace_id, contact_id, request_id)
    select ${workspaceId}::uuid, id, ${requestId}::uuid from unnest(${[...contactIds]}::uuid[]) as id
    on conflict do nothing`.execute(tx);
  await sql`update contact set is_name_covered = true
    where workspace_id = ${workspaceId} and id = any(${[...contactIds]}::uuid[]) and not is_name_covered`.execute(
    tx,
  );
};

/** What no other request covers is shown as it was. */
export const deleteCovers = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  contactIds: readonly string[],
): Promise<void> => {
  await sql`delete from name_cover where workspace_id = ${workspaceId} and request_id = ${requestId}`.execute(
    tx,
  );
  await sql`update contact c set is_name_covered = false
     where c.workspace_id = ${workspaceId} and c.id = any(${[...contactIds]}::uuid[]) and not exists (
       select 1 from name_cover n where n.workspace_id = c.workspace_id and n.contact_id = c.id)`.execute(
    tx,
  );
};

/**
 * Nothing is left of what these were called, and nothing of WhatsApp's is learnt again (the trigger of migration 0034).
 * @param at since when; null: now
 */
export const eraseNames = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
  at: Date | null,
): Promise<void> => {
  await sql`delete from name_cover
    where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])`.execute(
    tx,
  );
  await sql`update contact
       set given_name = null, address_book_name = null, profile_name = null, username = null,
           is_name_covered = false, name_removed_at = coalesce(${at}::timestamptz, clock_timestamp())
     where workspace_id = ${workspaceId} and id = any(${[...contactIds]}::uuid[])`.execute(tx);
};

/** Of these those whose name was not taken away by then; and whether they are called anything. In id order. */
export const findNotErased = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
  at: Date,
): Promise<{ id: string; hasName: boolean }[]> => {
  const { rows } = await sql<{ id: string; hasName: boolean }>`
    select id, coalesce(given_name, address_book_name, profile_name, username) is not null as "hasName"
      from contact where workspace_id = ${workspaceId} and id = any(${[...contactIds]}::uuid[])
       and (name_removed_at is null or name_removed_at < ${at})
     order by id`.execute(tx);
  return rows;
};

/** What is under the cover: for whoever reviews alone. */
export const readNames = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<StoredNames | undefined> => {
  const { rows } = await sql<StoredNames>`
    select given_name as "givenName", address_book_name as "addressBookName", profile_name as "profileName", username
      from contact where workspace_id = ${workspaceId} and id = ${contactId}`.execute(tx);
  return rows[0];
};
