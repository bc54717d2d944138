import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
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
