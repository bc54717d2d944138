import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

const tableNames = async (db: Db, where = sql`true`): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select t.table_name as name from information_schema.tables t
     where t.table_schema = 'public' and t.table_type = 'BASE TABLE' and ${where}
     order by 1`.execute(db);
  return rows.map((row) => row.name);
};

const hasWorkspace = sql`exists (select 1 from information_schema.columns c
  where c.table_schema = 'public' and c.table_name = t.table_name and c.column_name = 'workspace_id')`;

/** Every row of every table that belongs to a workspace, as text, by table. */
export const rowsOfWorkspace = async (
  db: Db,
  workspaceId: string,
): Promise<Readonly<Record<string, readonly string[]>>> => {
  const found: Record<string, string[]> = {};
  for (const name of await tableNames(db, hasWorkspace)) {
    const { rows } = await sql<{ row: string }>`
      select r::text as row from ${sql.table(name)} r where r.workspace_id = ${workspaceId}
       order by 1`.execute(db);
    found[name] = rows.map(({ row }) => row);
  }
  return found;
};

/** Told of each number at any time, whatever else is refused. */
const isNoted = sql`t.table_name = 'whatsapp_health'`;

/** How many rows every table has, jobs among them. */
export const countEveryRow = async (db: Db): Promise<Readonly<Record<string, number>>> => {
  const counts: Record<string, number> = {};
  for (const name of await tableNames(db, sql`not (${isNoted})`)) {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(name)}`.execute(db);
    counts[name] = rows[0]?.n ?? 0;
  }
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from graphile_worker._private_jobs`.execute(db);
  return { ...counts, jobs: rows[0]?.n ?? 0 };
};

/** Finds what belongs to a workspace in texts that must hold nothing of it. */
export type FindLeaks = (text: string, said: string) => string[];

/**
 * @param marker in every name and text of the workspace
 * @returns finds the marker, and ids that `said` (the request, which may repeat what it was told) does not hold
 */
export const leaksOf = async (db: Db, workspaceId: string, marker: string): Promise<FindLeaks> => {
  const rows = Object.values(await rowsOfWorkspace(db, workspaceId))
    .flat()
    .join('\n');
  const ids = new Set(rows.match(uuid) ?? []);
  return (text, said) => {
    const own = said.toLowerCase();
    const foreign = (text.toLowerCase().match(uuid) ?? []).filter(
      (id) => ids.has(id) && !own.includes(id),
    );
    return text.includes(marker) ? [marker, ...foreign] : foreign;
  };
};
