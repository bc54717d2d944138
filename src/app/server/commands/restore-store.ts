import { sql } from 'kysely';
import { endUnfinished } from '#platform/server/backup/index.ts';
import type { Tx } from '#platform/server/deps.ts';

export const listWorkspaceIds = async (tx: Tx): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select id from workspace order by id`.execute(tx);
  return rows.map(({ id }) => id);
};

/** From its commit on, Guarita starts on this database. */
export const endRestore = (tx: Tx): Promise<void> =>
  endUnfinished({ query: (text) => sql<Record<string, unknown>>`${sql.raw(text)}`.execute(tx) });
