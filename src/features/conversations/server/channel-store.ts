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

/** Whether one of these numbers is not connected any more. */
export const isAnyDisconnected = async (
  tx: Tx,
  channels: readonly { readonly workspaceId: string; readonly channelId: string }[],
): Promise<boolean> => {
  const places = [...new Map(channels.map((place) => [place.channelId, place])).values()];
  const { rows } = await sql`
    select 1 from channel c
      join unnest(${places.map((place) => place.workspaceId)}::uuid[],
                  ${places.map((place) => place.channelId)}::uuid[]) as u (w, id)
        on c.workspace_id = u.w and c.id = u.id
     where c.disconnected_at is not null limit 1`.execute(tx);
  return rows.length > 0;
};
