import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';
import type { IdentityKind } from './normalize-identity.ts';

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

/** Awaited for this contact and for no other that is still to be found. */
export const insertAwaited = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  hashes: readonly Buffer[],
): Promise<void> => {
  await sql`delete from awaited_identity a using contact c
     where a.workspace_id = ${workspaceId} and a.identity_hash = any(${[...hashes]}::bytea[])
       and c.workspace_id = a.workspace_id and c.id = a.contact_id and c.erased_at is null`.execute(
    tx,
  );
  await sql`insert into awaited_identity (workspace_id, identity_hash, contact_id)
    select distinct ${workspaceId}::uuid, h, ${contactId}::uuid from unnest(${[...hashes]}::bytea[]) as h
    on conflict do nothing`.execute(tx);
};

export interface HashedName {
  readonly hash: Buffer;
  readonly kind: IdentityKind;
  readonly isFormer: boolean;
}

/** What an erased contact is known by from now on. @returns whether one of these was not known */
export const insertHashedNames = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  names: readonly HashedName[],
): Promise<boolean> => {
  const { rows } = await sql<{ isNew: boolean }>`insert into awaited_identity (workspace_id, identity_hash, contact_id, kind, is_former)
    select ${workspaceId}::uuid, u.h, ${contactId}::uuid, u.k, u.f
      from unnest(${names.map(({ hash }) => hash)}::bytea[], ${names.map(({ kind }) => kind)}::text[],
                  ${names.map(({ isFormer }) => isFormer)}::boolean[]) as u (h, k, f)
    on conflict (workspace_id, identity_hash, contact_id)
    do update set kind = excluded.kind, is_former = excluded.is_former
    returning xmax = 0 as "isNew"`.execute(tx);
  return rows.some(({ isNew }) => isNew);
};

/** Whether an account, which names a person better than a number, is among what an erased contact is known by. */
export const hasHashedAccount = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<boolean> => {
  const { rows } = await sql`select 1 from awaited_identity
    where workspace_id = ${workspaceId} and contact_id = ${contactId} and kind = 'bsuid' limit 1`.execute(
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

export const deleteAwaited = async (
  tx: Tx,
  { workspaceId, hash, contactId }: AwaitedIdentity,
): Promise<void> => {
  await sql`delete from awaited_identity
    where workspace_id = ${workspaceId} and identity_hash = ${hash} and contact_id = ${contactId}`.execute(
    tx,
  );
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
