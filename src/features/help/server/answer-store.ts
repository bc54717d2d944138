import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { AnswerHelp } from '../contract.ts';

/** The person's answer about the article, in the place of the one before it. */
export const putAnswer = async (
  tx: Tx,
  workspaceId: string,
  memberId: string,
  {
    article,
    isUseful,
    missing = null,
  }: Pick<AnswerHelp, 'article' | 'isUseful'> & {
    readonly missing?: string | null | undefined;
  },
): Promise<void> => {
  await sql`
    insert into help_answer (workspace_id, id, article, member_id, is_useful, missing)
    values (${workspaceId}, ${newId()}, ${article}, ${memberId}, ${isUseful}, ${missing})
    on conflict (workspace_id, article, member_id) do update
       set is_useful = excluded.is_useful, missing = excluded.missing, answered_at = clock_timestamp()`.execute(
    tx,
  );
};

/** Takes the words of an answer away, and leaves it counted. @returns the article, where there were words */
export const clearMissing = async (
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<string | undefined> => {
  const { rows } = await sql<{ article: string }>`
    update help_answer set missing = null
     where workspace_id = ${workspaceId} and id = ${id} and missing is not null
    returning article`.execute(tx);
  return rows[0]?.article;
};
