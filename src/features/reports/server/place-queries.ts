import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';

export interface Place {
  readonly name: string;
  readonly timeZone: string;
  /** By its own clock. */
  readonly today: string;
}

export const findPlace = async (db: Db, workspaceId: string): Promise<Place> => {
  const { rows } = await sql<Place>`
    select name, time_zone as "timeZone", to_char(clock_timestamp() at time zone time_zone, 'YYYY-MM-DD') as today
      from workspace where id = ${workspaceId}`.execute(db);
  if (rows[0] === undefined) throw new Error('the workspace of an actor is not there');
  return rows[0];
};

/** Names of the workspace's channels, those that are no longer connected too. */
export const findChannelNames = async (
  db: Db,
  workspaceId: string,
): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from channel where workspace_id = ${workspaceId}`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
};
