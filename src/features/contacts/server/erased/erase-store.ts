import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';
import type { MatchKey } from '../normalize-identity.ts';

/** What this contact has now, where there is anything at all to compare it with. */
export const findNamesToAsk = async (
  db: Db | Tx,
  workspaceId: string,
  contactId: string,
): Promise<MatchKey[]> => {
  const { rows } = await sql<MatchKey>`
    select i.kind, i.match_key as key, i.value from contact_identity i
     where i.workspace_id = ${workspaceId} and i.contact_id = ${contactId} and not i.is_former
       and exists (select 1 from awaited_identity a where a.workspace_id = ${workspaceId})`.execute(
    db,
  );
  return rows;
};

export interface ErasableState {
  readonly mergedInto: string | null;
  readonly isErased: boolean;
}

/** Not locked. @returns undefined when there is no such contact */
export const findErasable = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<ErasableState | undefined> => {
  const { rows } = await sql<ErasableState>`
    select merged_into as "mergedInto", erased_at is not null as "isErased" from contact
     where workspace_id = ${workspaceId} and id = ${contactId}`.execute(tx);
  return rows[0];
};

export interface NameOfPerson extends MatchKey {
  readonly isFormer: boolean;
}

/** All that these contacts are or were known by. */
export const findNamesOf = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<NameOfPerson[]> => {
  const { rows } = await sql<NameOfPerson>`
    select kind, match_key as key, value, is_former as "isFormer" from contact_identity
     where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[]) order by id`.execute(
    tx,
  );
  return rows;
};

const conflicts = (workspaceId: string, contactIds: readonly string[]) => sql`
  workspace_id = ${workspaceId}
  and (contact_id = any(${[...contactIds]}::uuid[]) or other_contact_id = any(${[...contactIds]}::uuid[]))`;

/** From now on these contacts, locked, are nobody: no name, no identity, no question about who they are. */
export const forgetPeople = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<void> => {
  const ids = [...contactIds];
  await sql`delete from identity_conflict where ${conflicts(workspaceId, ids)}`.execute(tx);
  await sql`delete from contact_identity where workspace_id = ${workspaceId} and contact_id = any(${ids}::uuid[])`.execute(
    tx,
  );
  await sql`delete from name_cover where workspace_id = ${workspaceId} and contact_id = any(${ids}::uuid[])`.execute(
    tx,
  );
  await sql`update contact
       set given_name = null, address_book_name = null, address_book_at = null, profile_name = null, username = null,
           is_name_covered = false, name_removed_at = coalesce(name_removed_at, clock_timestamp()),
           block_epoch = block_epoch + 1, erased_at = coalesce(erased_at, clock_timestamp())
     where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(tx);
};

/** Nothing is left by which these could be known again. */
export const deleteHashesOf = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<void> => {
  await sql`delete from awaited_identity
    where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])`.execute(
    tx,
  );
};

/** What merges have used up for this contact stands under it. */
export const gatherHashes = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  from: readonly string[],
): Promise<void> => {
  await sql`insert into awaited_identity (workspace_id, identity_hash, contact_id, kind, is_former)
    select distinct on (identity_hash) workspace_id, identity_hash, ${contactId}::uuid, kind, is_former
      from awaited_identity where workspace_id = ${workspaceId} and contact_id = any(${[...from]}::uuid[])
    on conflict do nothing`.execute(tx);
};
