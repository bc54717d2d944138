import { sql } from 'kysely';
import type { Actor, Tx } from '#platform/server/deps.ts';
import type { Erasure } from '../../erasure/contract.ts';

/** Requests that are about these contacts: their messages, or their name. In id order. */
export const findRequestsAbout = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<{ id: string; isOfName: boolean }[]> => {
  const theirs = sql`any(${[...contactIds]}::uuid[])`;
  const { rows } = await sql<{ id: string; isOfName: boolean }>`
    select q.id, n.request_id is not null as "isOfName"
      from removal_request q
      left join removal_name n on n.workspace_id = q.workspace_id and n.request_id = q.id
     where q.workspace_id = ${workspaceId} and (q.contact_id = ${theirs} or n.contact_id = ${theirs})
     order by q.id`.execute(tx);
  return rows;
};

/** What people of the team wrote in these requests. How many there were, of which kind and when stays, for the report. */
export const forgetRequestWords = async (
  tx: Tx,
  workspaceId: string,
  requestIds: readonly string[],
): Promise<void> => {
  const ofThem = sql`workspace_id = ${workspaceId} and request_id = any(${[...requestIds]}::uuid[])`;
  await sql`delete from removal_comment where ${ofThem}`.execute(tx);
  await sql`update removal_asker set note = null where ${ofThem} and note is not null`.execute(tx);
  await sql`update removal_item set answer = null where ${ofThem} and answer is not null`.execute(
    tx,
  );
  await sql`update removal_name set answer = null where ${ofThem} and answer is not null`.execute(
    tx,
  );
};

export interface NewErasure extends Omit<Erasure, 'erasedAt'> {
  readonly id: string;
}

/** @returns when it was */
export const insertErasure = async (tx: Tx, actor: Actor, erasure: NewErasure): Promise<Date> => {
  const { id, contactId, messages, copies, files, requests, isBlocked } = erasure;
  const { rows } = await sql<{ at: Date }>`
    insert into erasure (workspace_id, id, contact_id, erased_by_kind, erased_by, was_blocked, messages, copies, files, requests)
    values (${actor.workspaceId}, ${id}, ${contactId}, ${actor.kind}, ${actor.id}::uuid, ${isBlocked},
            ${messages}, ${copies}, ${files}, ${requests})
    returning erased_at as at`.execute(tx);
  return rows[0]?.at ?? new Date();
};
