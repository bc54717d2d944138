import { sql } from 'kysely';
import { decodeCursor, type Page, rowsToRead, toPage } from '#platform/server/cursor.ts';
import type { Db } from '#platform/server/deps.ts';
import type { HelpAnswer, HelpCount } from '../contract.ts';

interface AnswerRow {
  id: string;
  article: string;
  missing: string;
  at: Date;
}

/** What people of the workspace missed, newest first, without who they are. @throws AppError invalid-cursor (400) */
export const listAnswers = async (
  db: Db,
  workspaceId: string,
  query: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<HelpAnswer>> => {
  const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  const { rows } = await sql<AnswerRow>`
    select id, article, missing, answered_at as at from help_answer
     where workspace_id = ${workspaceId} and missing is not null
       ${before === undefined ? sql`` : sql`and (answered_at, id) < (${before.at}::timestamptz, ${before.id}::uuid)`}
     order by answered_at desc, id desc limit ${sql.lit(rowsToRead(query.limit))}`.execute(db);
  return toPage(
    rows,
    query.limit,
    ({ at, id }) => ({ at, id }),
    ({ id, article, missing, at }) => ({ id, article, missing, at: at.toISOString() }),
  );
};

/** How many found each article useful, and how many did not. */
export const countAnswers = async (db: Db, workspaceId: string): Promise<HelpCount[]> => {
  const { rows } = await sql<HelpCount>`
    select article, (count(*) filter (where is_useful))::int as useful,
           (count(*) filter (where not is_useful))::int as "notUseful"
      from help_answer where workspace_id = ${workspaceId} group by article order by article`.execute(
    db,
  );
  return rows;
};
