import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { IdentityKind, MatchKey } from './normalize-identity.ts';

/** An identity of which only a keyed hash is known, and the contact it belongs to. */
export interface AwaitedIdentity {
  readonly workspaceId: string;
  readonly hash: Buffer;
  readonly contactId: string;
}

export interface FoundAwaited extends AwaitedIdentity {
  /** The person's data was erased: the contact has this identity, and never learns it. */
  readonly isErased: boolean;
  /** Null where nobody told. */
  readonly kind: IdentityKind | null;
  readonly isFormer: boolean;
}

/** Which of these hashes are awaited, and for whom by now: a merge may have used that contact up. */
export const findAwaited = async (
  db: Db | Tx,
  asked: readonly Omit<AwaitedIdentity, 'contactId'>[],
): Promise<FoundAwaited[]> => {
  const { rows } = await sql<FoundAwaited>`
    select a.workspace_id as "workspaceId", a.identity_hash as hash, coalesce(c.merged_into, c.id) as "contactId",
           c.erased_at is not null as "isErased", a.kind, a.is_former as "isFormer"
      from unnest(${asked.map((one) => one.workspaceId)}::uuid[], ${asked.map((one) => one.hash)}::bytea[]) as u (w, h)
      join awaited_identity a on a.workspace_id = u.w and a.identity_hash = u.h
      join contact c on c.workspace_id = a.workspace_id and c.id = a.contact_id
     order by a.contact_id`.execute(db);
  return rows;
};

export interface HashedName {
  readonly hash: Buffer;
  /** Null where nobody told. */
  readonly kind: IdentityKind | null;
  readonly isFormer: boolean;
}

/** What an erased contact is known by from now on. @returns whether one of these was not known */
export const insertHashedNames = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  names: readonly HashedName[],
): Promise<boolean> => {
  // What is current wins over what was left behind.
  const { rows } = await sql<{ isNew: boolean }>`
    insert into awaited_identity (workspace_id, identity_hash, contact_id, kind, is_former)
    select distinct on (u.h) ${workspaceId}::uuid, u.h, ${contactId}::uuid, u.k, u.f
      from unnest(${names.map(({ hash }) => hash)}::bytea[], ${names.map(({ kind }) => kind)}::text[],
                  ${names.map(({ isFormer }) => isFormer)}::boolean[]) as u (h, k, f)
     order by u.h, u.f
    on conflict (workspace_id, identity_hash, contact_id)
    do update set kind = coalesce(excluded.kind, awaited_identity.kind), is_former = excluded.is_former
    returning xmax = 0 as "isNew"`.execute(tx);
  return rows.some(({ isNew }) => isNew);
};

/**
 * Awaited for this contact: what it has now for no other that is still to be found, what it left behind besides whoever has it.
 */
export const insertAwaited = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  names: readonly HashedName[],
): Promise<void> => {
  const current = names.flatMap(({ hash, isFormer }) => (isFormer ? [] : [hash]));
  await sql`delete from awaited_identity a using contact c
     where a.workspace_id = ${workspaceId} and a.identity_hash = any(${current}::bytea[])
       and a.contact_id <> ${contactId} and not a.is_former
       and c.workspace_id = a.workspace_id and c.id = a.contact_id and c.erased_at is null`.execute(
    tx,
  );
  await insertHashedNames(tx, workspaceId, contactId, names);
};

/** This contact, locked, had the identity and left it behind: it still blocks, and never says who somebody is. */
export const insertLeftBehind = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  { kind, key, value, portfolioId }: MatchKey,
): Promise<void> => {
  await sql`insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value, portfolio_id, is_former, first_seen_at)
    select ${workspaceId}::uuid, ${newId()}::uuid, ${contactId}::uuid, ${kind}, ${key}, ${value}, ${portfolioId ?? null}::text, true, to_timestamp(0)
     where not exists (select 1 from contact_identity i
             where i.workspace_id = ${workspaceId} and i.contact_id = ${contactId} and i.match_key = ${key})`.execute(
    tx,
  );
};

export const retireHashedNames = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  hashes: readonly Buffer[],
  areNumbersToo: boolean,
): Promise<void> => {
  await sql`update awaited_identity set is_former = true
    where workspace_id = ${workspaceId} and contact_id = ${contactId} and not is_former
      and (identity_hash = any(${[...hashes]}::bytea[]) or (${areNumbersToo} and kind = 'phone'))`.execute(
    tx,
  );
};

/** Whether an account, which names a person better than a number, is among what an erased contact is known by now. */
export const hasHashedAccount = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<boolean> => {
  const { rows } = await sql`select 1 from awaited_identity
    where workspace_id = ${workspaceId} and contact_id = ${contactId} and kind = 'bsuid' and not is_former limit 1`.execute(
    tx,
  );
  return rows.length > 0;
};

/** The keyed hashes by which erased people are kept out of a workspace now. */
export const findHashesKeptOut = async (db: Db | Tx, workspaceId: string): Promise<Buffer[]> => {
  const { rows } = await sql<{ hash: Buffer }>`
    select a.identity_hash as hash
      from contact c
      join awaited_identity a on a.workspace_id = c.workspace_id and a.contact_id = c.id
      join block b on b.workspace_id = c.workspace_id and b.contact_id = c.id and b.lifted_at is null
     where c.workspace_id = ${workspaceId} and c.erased_at is not null
       and (b.expires_at is null or b.expires_at > clock_timestamp())`.execute(db);
  return rows.map(({ hash }) => hash);
};

/** For this contact, or for one that a merge has used up for it. */
export const deleteAwaited = async (
  tx: Tx,
  { workspaceId, hash, contactId }: AwaitedIdentity,
): Promise<void> => {
  await sql`delete from awaited_identity a using contact c
    where a.workspace_id = ${workspaceId} and a.identity_hash = ${hash}
      and c.workspace_id = a.workspace_id and c.id = a.contact_id and c.erased_at is null
      and coalesce(c.merged_into, c.id) = ${contactId}`.execute(tx);
};

/** A contact that was here once, under the id it had; nothing else of it is known. */
export const insertLostContact = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<void> => {
  await sql`insert into contact (workspace_id, id) values (${workspaceId}, ${contactId})
    on conflict do nothing`.execute(tx);
};
