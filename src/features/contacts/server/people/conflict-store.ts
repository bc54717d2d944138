import { type RawBuilder, sql } from 'kysely';
import type { Actor, Tx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { ConflictOutcome, IdentityConflict } from '../../people/contract.ts';
import type { Conflict } from '../assign-identity.ts';

/**
 * Lists for a person what cannot both be true (docs/gate.md, identities). What waits already, in either direction, or
 * was decided to be two people, is not asked again.
 * @returns whether it is news
 */
export const openConflict = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  conflict: Conflict,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into identity_conflict (workspace_id, id, kind, contact_id, other_contact_id, match_key, shared_key)
    select ${workspaceId}, ${newId()}, ${conflict.kind}, ${contactId}, ${conflict.otherContactId}, ${conflict.matchKey},
           ${conflict.sharedKey ?? null}
     where not exists (select 1 from identity_conflict d
       where d.workspace_id = ${workspaceId} and d.contact_id = ${contactId} and d.kind = ${conflict.kind}
         and d.match_key = ${conflict.matchKey} and d.outcome = 'apart')
       and not exists (select 1 from identity_conflict d
       where d.workspace_id = ${workspaceId} and d.resolved_at is null and d.contact_id = ${conflict.otherContactId}
         and d.other_contact_id = ${contactId} and d.contact_id <> d.other_contact_id
         and d.match_key = ${conflict.matchKey})
    on conflict do nothing`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
};

/** Which of these contacts somebody has said to be two people. */
export const findSaidApart = async (
  tx: Tx,
  contacts: readonly { workspaceId: string; contactId: string }[],
): Promise<{ contactId: string; otherId: string }[]> => {
  const ids = contacts.map(({ contactId }) => contactId);
  const { rows } = await sql<{ contactId: string; otherId: string }>`
    select d.contact_id as "contactId", d.other_contact_id as "otherId"
      from unnest(${contacts.map(({ workspaceId }) => workspaceId)}::uuid[], ${ids}::uuid[]) as u (w, k)
      join identity_conflict d on d.workspace_id = u.w and d.contact_id = u.k
     where d.outcome = 'apart' and d.other_contact_id = any(${ids}::uuid[])`.execute(tx);
  return rows;
};

export interface ConflictRow {
  readonly id: string;
  readonly kind: IdentityConflict['kind'];
  readonly contactId: string;
  /** Null where the new account is nobody's. */
  readonly otherContactId: string | null;
  readonly matchKey: string;
  readonly sharedKey: string;
  readonly isOpen: boolean;
}

/**
 * Both sides of the conflict `f` as they are by now: `a` is the contact, `o` the other. Merged ones stand under the one
 * that remains; an account that was nobody's may have somebody meanwhile.
 */
export const sidesOfConflict = sql`
  join contact c on c.workspace_id = f.workspace_id and c.id = f.contact_id
  join contact a on a.workspace_id = c.workspace_id and a.id = coalesce(c.merged_into, c.id)
  left join contact oc on oc.workspace_id = f.workspace_id and oc.id = coalesce(
    nullif(f.other_contact_id, f.contact_id),
    (select i.contact_id from contact_identity i
      where i.workspace_id = f.workspace_id and i.match_key = f.match_key and not i.is_former))
  left join contact o on o.workspace_id = oc.workspace_id and o.id = coalesce(oc.merged_into, oc.id) and o.id <> a.id`;

const selectConflict = (workspaceId: string, id: string, lock: RawBuilder<unknown>) =>
  sql<ConflictRow>`
    select f.id, f.kind, a.id as "contactId", o.id as "otherContactId", f.match_key as "matchKey",
           coalesce(f.shared_key, f.match_key) as "sharedKey", f.resolved_at is null as "isOpen"
      from identity_conflict f ${sidesOfConflict}
     where f.workspace_id = ${workspaceId} and f.id = ${id} ${lock}`;

/** Not locked: its contacts come first. */
export const findConflict = async (
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<ConflictRow | undefined> => {
  const { rows } = await selectConflict(workspaceId, id, sql``).execute(tx);
  return rows[0];
};

/** After its contacts, which are locked. */
export const lockConflict = async (
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<ConflictRow | undefined> => {
  const { rows } = await selectConflict(workspaceId, id, sql`for update of f`).execute(tx);
  return rows[0];
};

/** Writes the decision; what was decided before stays as it is. */
export const closeConflict = async (
  tx: Tx,
  workspaceId: string,
  id: string,
  outcome: ConflictOutcome,
  by: Actor,
): Promise<void> => {
  await sql`update identity_conflict
       set outcome = ${outcome}, resolved_at = clock_timestamp(), resolved_by_kind = ${by.kind}, resolved_by = ${by.id}::uuid
     where workspace_id = ${workspaceId} and id = ${id} and resolved_at is null`.execute(tx);
};

/**
 * Two contacts became one, both locked: conflicts between them are answered by that, those with others go on with the
 * one that remains.
 */
export const moveConflicts = async (
  tx: Tx,
  workspaceId: string,
  from: string,
  to: string,
  by: Actor,
): Promise<void> => {
  await sql`update identity_conflict
       set outcome = 'merged', resolved_at = clock_timestamp(), resolved_by_kind = ${by.kind}, resolved_by = ${by.id}::uuid
     where workspace_id = ${workspaceId} and resolved_at is null
       and contact_id in (${from}, ${to}) and other_contact_id in (${from}, ${to}) and contact_id <> other_contact_id`.execute(
    tx,
  );
  await repoint(tx, workspaceId, from, to, sql`true`);
};

/** These identities have another contact now: what is open about them goes along. */
export const moveConflictsOf = (
  tx: Tx,
  workspaceId: string,
  { from, to, keys }: { from: string; to: string; keys: readonly string[] },
): Promise<void> =>
  repoint(
    tx,
    workspaceId,
    from,
    to,
    sql`coalesce(f.shared_key, f.match_key) = any(${[...keys]}::text[])`,
  );

/** The same question twice is asked once. */
const repoint = async (
  tx: Tx,
  workspaceId: string,
  from: string,
  to: string,
  which: RawBuilder<unknown>,
): Promise<void> => {
  const open = sql`f.workspace_id = ${workspaceId} and f.resolved_at is null and ${which}`;
  await sql`delete from identity_conflict f where ${open} and f.contact_id = ${from}
     and exists (select 1 from identity_conflict t where t.workspace_id = f.workspace_id and t.resolved_at is null
                    and t.contact_id = ${to} and t.kind = f.kind and t.match_key = f.match_key)`.execute(
    tx,
  );
  // Of an account that nobody has, both columns name the same contact.
  await sql`update identity_conflict f
       set contact_id = case when f.contact_id = ${from} then ${to}::uuid else f.contact_id end,
           other_contact_id = case when f.other_contact_id = ${from} then ${to}::uuid else f.other_contact_id end
     where ${open} and ${from}::uuid in (f.contact_id, f.other_contact_id)`.execute(tx);
};
