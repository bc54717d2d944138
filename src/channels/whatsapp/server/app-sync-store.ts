import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';
import type { AppSyncPart } from '../contract.ts';

interface Place {
  readonly workspaceId: string;
  readonly channelId: string;
}

/** When a part was last asked for; that of the other part stays. */
export const saveAsked = async (
  tx: Tx,
  { workspaceId, channelId }: Place,
  part: AppSyncPart,
): Promise<void> => {
  const isHistory = part === 'history';
  await sql`insert into whatsapp_health as h (workspace_id, channel_id, history_asked_at, contacts_asked_at)
    select workspace_id, id, case when ${isHistory}::boolean then clock_timestamp() end,
           case when not ${isHistory}::boolean then clock_timestamp() end
      from channel where workspace_id = ${workspaceId} and id = ${channelId}
    on conflict (workspace_id, channel_id) do update set
      history_asked_at = greatest(h.history_asked_at, excluded.history_asked_at),
      contacts_asked_at = greatest(h.contacts_asked_at, excluded.contacts_asked_at)`.execute(tx);
};

/** Whether this part was ever asked for, and taken. */
export const hasAsked = async (
  db: Db,
  { workspaceId, channelId }: Place,
  part: AppSyncPart,
): Promise<boolean> => {
  const { rows } = await sql`select 1 from whatsapp_health
    where workspace_id = ${workspaceId} and channel_id = ${channelId}
      and case when ${part === 'history'}::boolean then history_asked_at else contacts_asked_at end is not null`.execute(
    db,
  );
  return rows.length > 0;
};
