import { sql } from 'kysely';
import type { Actor, Tx } from '#platform/server/deps.ts';
import type { ContactMediaRule, MediaCoverSettings } from '../../covers/contract.ts';

export const putCoverSettings = async (
  tx: Tx,
  workspaceId: string,
  { coveredFrom, kinds, placeholder }: MediaCoverSettings,
): Promise<void> => {
  await sql`insert into media_cover_setting (workspace_id, covered_from, kinds, placeholder)
    values (${workspaceId}, ${coveredFrom}, ${[...new Set(kinds)]}::text[], ${placeholder})
    on conflict (workspace_id) do update set covered_from = excluded.covered_from, kinds = excluded.kinds,
      placeholder = excluded.placeholder`.execute(tx);
};

/** @returns whether it is another choice than before */
export const putCoverChoice = async (
  tx: Tx,
  { workspaceId, id }: Actor,
  coversAll: boolean,
): Promise<boolean> => {
  const { rows } = await (coversAll
    ? sql`insert into media_cover_choice (workspace_id, member_id) values (${workspaceId}, ${id})
        on conflict do nothing returning 1`
    : sql`delete from media_cover_choice where workspace_id = ${workspaceId} and member_id = ${id} returning 1`
  ).execute(tx);
  return rows.length > 0;
};

export interface NewContactRule {
  readonly contactId: string;
  readonly rule: Exclude<ContactMediaRule['rule'], 'usual'>;
  readonly cause: NonNullable<ContactMediaRule['cause']>;
}

/** The contact is locked. */
export const putContactRule = async (
  tx: Tx,
  by: Actor,
  { contactId, rule, cause }: NewContactRule,
): Promise<void> => {
  await sql`insert into media_contact_rule (workspace_id, contact_id, rule, cause, set_by_kind, set_by)
    values (${by.workspaceId}, ${contactId}, ${rule}, ${cause}, ${by.kind}, ${by.id})
    on conflict (workspace_id, contact_id) do update set rule = excluded.rule, cause = excluded.cause,
      set_by_kind = excluded.set_by_kind, set_by = excluded.set_by, set_at = clock_timestamp()`.execute(
    tx,
  );
};

export const deleteContactRule = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<void> => {
  await sql`delete from media_contact_rule where workspace_id = ${workspaceId} and contact_id = ${contactId}`.execute(
    tx,
  );
};
