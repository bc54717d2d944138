import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';

/** The contact is locked. */
export const noteReview = async (tx: Tx, workspaceId: string, blockId: string): Promise<void> => {
  await sql`update block set reviewed_at = clock_timestamp()
    where workspace_id = ${workspaceId} and id = ${blockId}`.execute(tx);
};

export const setReviewDays = async (
  tx: Tx,
  workspaceId: string,
  afterDays: number,
): Promise<void> => {
  await sql`insert into block_review_setting (workspace_id, after_days) values (${workspaceId}, ${afterDays})
    on conflict (workspace_id) do update set after_days = excluded.after_days`.execute(tx);
};
