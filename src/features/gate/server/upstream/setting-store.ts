import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { ListPlace } from './job-names.ts';

export const setUpstream = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  isOn: boolean,
): Promise<void> => {
  await sql`update channel set upstream_blocks = ${isOn}
    where workspace_id = ${workspaceId} and id = ${channelId}`.execute(tx);
};
