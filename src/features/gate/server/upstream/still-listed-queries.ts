import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';
import type { StillListed } from '../../contract.ts';
import { isWanted } from './row-store.ts';
import { isStillStranger } from './stranger-store.ts';

interface StillListedRow extends Omit<StillListed, 'triedAt'> {
  readonly triedAt: Date | null;
}

/**
 * On which lists of WhatsApp's somebody is who is not blocked here: what we put there is being taken off, or WhatsApp did not
 * let go of it; or it came there in another way. Nothing of numbers that are disconnected, which nobody can ask.
 */
export const findStillListed = async (
  db: Db,
  workspaceId: string,
  contactId: string,
): Promise<StillListed[]> => {
  const { rows } = await sql<StillListedRow>`
    with mine as (
      select match_key, kind, value from contact_identity
       where workspace_id = ${workspaceId} and contact_id = ${contactId} and not is_former)
    select distinct on (ch.created_at, ch.id) ch.id as "channelId", ch.name as "channelName",
           s.is_removing as "isRemoving", s.code, s.tried_at as "triedAt"
      from (
        select u.channel_id, true as is_removing, null as code, u.tried_at from upstream_block u
          join channel ch on ch.workspace_id = u.workspace_id and ch.id = u.channel_id
         where u.workspace_id = ${workspaceId} and u.contact_id = ${contactId} and u.is_listed and not ${isWanted}
        union all
        select x.channel_id, x.is_removing, x.code, x.tried_at from upstream_stranger x
         where x.workspace_id = ${workspaceId} and ${isStillStranger}
           and x.id in (
             select y.id from upstream_stranger y where y.workspace_id = ${workspaceId} and y.contact_id = ${contactId}
             union
             select y.id from upstream_stranger y join mine m on m.match_key = y.phone_key
              where y.workspace_id = ${workspaceId}
             union
             select y.id from upstream_stranger y join mine m on m.kind = 'bsuid' and m.value = y.bsuid
              where y.workspace_id = ${workspaceId})) s
      join channel ch on ch.workspace_id = ${workspaceId} and ch.id = s.channel_id
     where ch.disconnected_at is null
     order by ch.created_at, ch.id, s.is_removing desc, s.code nulls last`.execute(db);
  return rows.map((row) => ({ ...row, triedAt: row.triedAt?.toISOString() ?? null }));
};
