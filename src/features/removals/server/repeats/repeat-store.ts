import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { RemovalReason } from '../../contract.ts';

/** Why a request removes, for the fingerprints: as who asked first said, but people's data if anybody said so. */
export const findPrintReason = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
): Promise<RemovalReason> => {
  const { rows } = await sql<{ reason: RemovalReason }>`
    select reason from removal_asker where workspace_id = ${workspaceId} and request_id = ${requestId}
     order by (reason = 'personal-data') desc, asked_at, asker_id limit 1`.execute(tx);
  return rows[0]?.reason ?? 'other';
};
