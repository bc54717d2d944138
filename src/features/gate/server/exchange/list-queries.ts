import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';

/** What the edge may read of lists. */
export { findList, findLists } from './list-store.ts';

export const findKeyCheckOfExport = async (
  db: Db,
  workspaceId: string,
  id: string,
): Promise<Buffer> => {
  const { rows } = await sql<{
    keyCheck: Buffer;
  }>`select key_check as "keyCheck" from exchange_export
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db);
  return rows[0]?.keyCheck ?? Buffer.alloc(16);
};
