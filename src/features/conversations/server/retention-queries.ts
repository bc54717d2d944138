import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';

/** After how many days; null for never. */
export const findRetention = async (db: Db, workspaceId: string): Promise<number | null> => {
  const { rows } = await sql<{ days: number | null }>`
    select days from retention where workspace_id = ${workspaceId}`.execute(db);
  return rows[0]?.days ?? null;
};
