import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { ListPlace } from './job-names.ts';
import { isCurrent, isSeenBy, isSomebodysToo, isWanted } from './row-store.ts';

/** Of the row `u`, on the channel `ch`: made before it was known whose id it is, it is nobody's address there. */
const isOfHere = sql`not exists (select 1 from contact_identity i where i.workspace_id = u.workspace_id
  and i.contact_id = u.contact_id and i.match_key = u.match_key and not ${isSeenBy(sql`i`)})`;

/**
 * Due, and nothing to ask WhatsApp for: not wanted and not there, or left behind by its person, or another portfolio's, or there for
 * somebody else too.
 */
export const findIdle = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  limit: number,
): Promise<string[]> => {
  const { rows } = await sql<{ contactId: string }>`
    select u.contact_id as "contactId" from upstream_block u
      join channel ch on ch.workspace_id = u.workspace_id and ch.id = u.channel_id
     where u.workspace_id = ${workspaceId} and u.channel_id = ${channelId} and u.is_due
       and ((not u.is_listed and not ${isWanted}) or ((not ${isCurrent} or not ${isOfHere}) and (not u.is_listed or ${isWanted}))
            or (u.is_listed and not ${isWanted} and ${isSomebodysToo}))
     limit ${limit}`.execute(tx);
  return rows.map((row) => row.contactId);
};

/** Those of locked contacts. What was left behind and is there stays, because the block of it holds here too. */
export const dropIdle = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  contactIds: readonly string[],
): Promise<void> => {
  if (contactIds.length === 0) {
    return;
  }
  const of = sql`u.workspace_id = ${workspaceId} and u.channel_id = ${channelId} and u.is_due
    and u.contact_id = any(${[...contactIds]}::uuid[]) and ch.workspace_id = u.workspace_id and ch.id = u.channel_id`;
  await sql`delete from upstream_block u using channel ch
     where ${of} and ((not u.is_listed and (not ${isWanted} or not ${isCurrent} or not ${isOfHere}))
            or (not ${isWanted} and ${isSomebodysToo}))`.execute(tx);
  await sql`update upstream_block u set is_due = false from channel ch
     where ${of} and u.is_listed and ${isWanted} and not (${isCurrent} and ${isOfHere})`.execute(
    tx,
  );
};
