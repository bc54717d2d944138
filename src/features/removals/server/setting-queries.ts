import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';
import type { RemovalSettings } from '../contract.ts';

/** A day, and nobody is asked twice, unless the workspace wants it otherwise. */
export const findSettings = async (db: Db, workspaceId: string): Promise<RemovalSettings> => {
  const { rows } = await sql<RemovalSettings>`
    select decide_within_hours as "decideWithinHours", two_person_reasons as "twoPersonReasons"
      from removal_setting where workspace_id = ${workspaceId}`.execute(db);
  return rows[0] ?? { decideWithinHours: 24, twoPersonReasons: [] };
};
