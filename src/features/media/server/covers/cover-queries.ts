import { sql } from 'kysely';
import type { Actor, Db } from '#platform/server/deps.ts';
import {
  type ContactMediaRule,
  coverableKinds,
  type MediaCoverSettings,
} from '../../covers/contract.ts';

/** What holds where a workspace has said nothing. */
export const usualSettings: MediaCoverSettings = {
  coveredFrom: 'strangers',
  kinds: [...coverableKinds],
  placeholder: 'none',
};

export const findCoverSettings = async (
  db: Db,
  workspaceId: string,
): Promise<MediaCoverSettings> => {
  const { rows } = await sql<MediaCoverSettings>`
    select covered_from as "coveredFrom", kinds, placeholder from media_cover_setting
     where workspace_id = ${workspaceId}`.execute(db);
  return rows[0] ?? usualSettings;
};

/** Whether this person has everything covered that comes in. */
export const coversAll = async (db: Db, { workspaceId, kind, id }: Actor): Promise<boolean> => {
  if (kind !== 'member') {
    return false;
  }
  const { rows } = await sql`select 1 from media_cover_choice
    where workspace_id = ${workspaceId} and member_id = ${id}`.execute(db);
  return rows.length > 0;
};

const usualRule: ContactMediaRule = { rule: 'usual', cause: null, setAt: null };

/** @returns undefined where there is no such contact, or a merge has used it up */
export const findContactRule = async (
  db: Db,
  workspaceId: string,
  contactId: string,
): Promise<ContactMediaRule | undefined> => {
  const { rows } = await sql<{
    rule: ContactMediaRule['rule'] | null;
    cause: ContactMediaRule['cause'];
    setAt: Date | null;
  }>`select k.rule, k.cause, k.set_at as "setAt" from contact c
      left join media_contact_rule k on k.workspace_id = c.workspace_id and k.contact_id = c.id
     where c.workspace_id = ${workspaceId} and c.id = ${contactId} and c.merged_into is null and c.erased_at is null`.execute(
    db,
  );
  const [found] = rows;
  return found?.rule
    ? { rule: found.rule, cause: found.cause, setAt: found.setAt?.toISOString() ?? null }
    : found && usualRule;
};
