import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';

/** The named channel, or the oldest one; none that is disconnected. */
export const findChannel = async (
  tx: Tx,
  workspaceId: string,
  channelId: string | null,
): Promise<string | undefined> => {
  const { rows } = await sql<{ id: string }>`
    select id from channel
     where workspace_id = ${workspaceId} and disconnected_at is null
       and (${channelId}::uuid is null or id = ${channelId})
     order by created_at, id limit 1`.execute(tx);
  return rows[0]?.id;
};
