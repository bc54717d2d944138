import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';

/** An identity of which only a keyed hash is known, and the contact it belongs to. */
export interface AwaitedIdentity {
  readonly workspaceId: string;
  readonly hash: Buffer;
  readonly contactId: string;
}

/** Which of these hashes are awaited, and for whom by now: a merge may have used that contact up. */
export const findAwaited = async (
  tx: Tx,
  asked: readonly Omit<AwaitedIdentity, 'contactId'>[],
): Promise<AwaitedIdentity[]> => {
  const { rows } = await sql<AwaitedIdentity>`
    select a.workspace_id as "workspaceId", a.identity_hash as hash, coalesce(c.merged_into, c.id) as "contactId"
      from unnest(${asked.map((one) => one.workspaceId)}::uuid[], ${asked.map((one) => one.hash)}::bytea[]) as u (w, h)
      join awaited_identity a on a.workspace_id = u.w and a.identity_hash = u.h
      join contact c on c.workspace_id = a.workspace_id and c.id = a.contact_id`.execute(tx);
  return rows;
};

export const insertAwaited = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  hashes: readonly Buffer[],
): Promise<void> => {
  await sql`insert into awaited_identity (workspace_id, identity_hash, contact_id)
    select ${workspaceId}::uuid, h, ${contactId}::uuid from unnest(${[...hashes]}::bytea[]) as h
    on conflict (workspace_id, identity_hash) do update set contact_id = excluded.contact_id`.execute(
    tx,
  );
};

export const deleteAwaited = async (
  tx: Tx,
  { workspaceId, hash }: Omit<AwaitedIdentity, 'contactId'>,
): Promise<void> => {
  await sql`delete from awaited_identity
    where workspace_id = ${workspaceId} and identity_hash = ${hash}`.execute(tx);
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
