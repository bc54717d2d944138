import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { type LockedContact, lockContacts } from './store.ts';

/**
 * The ids of these contacts and of those that have now what these left behind: a block of these refuses all of them
 * (docs/gate.md, identities). While these are locked the answer stays: whoever moves an identity locks all that have or
 * had it.
 */
export const withHeirs = (workspaceId: string, contactIds: readonly string[]): RawBuilder<string> =>
  sql<string>`select unnest(${[...contactIds]}::uuid[]) as id
    union
    select h.contact_id
      from contact_identity f
      join contact_identity h on h.workspace_id = f.workspace_id and h.match_key = f.match_key
     where f.workspace_id = ${workspaceId} and f.contact_id = any(${[...contactIds]}::uuid[]) and f.is_former
       and not h.is_former and h.contact_id <> f.contact_id`;

/**
 * Locks a contact and its heirs, in id order, so that no request to any of them begins while it is being blocked. An
 * heir that comes between the two statements is locked when its epoch rises, after others: a deadlock repeats.
 * @returns the contact itself
 */
export const lockWithHeirs = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<LockedContact | undefined> => {
  const { rows } = await sql<{ id: string }>`${withHeirs(workspaceId, [contactId])}`.execute(tx);
  const locked = await lockContacts(
    tx,
    rows.map((row) => ({ workspaceId, contactId: row.id })),
  );
  return locked.find(({ id }) => id === contactId);
};
