import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';

interface Indexed {
  readonly workspaceId: string;
  readonly id: string;
}

/** Has the words of these made, in the transaction that stores them: one row, however many they are. */
export const enqueueIndexing = async (tx: Tx, messages: readonly Indexed[]): Promise<void> => {
  if (messages.length > 0) {
    await sql`insert into message_to_index (id, workspace_ids, message_ids)
      values (${newId()}, ${messages.map(({ workspaceId }) => workspaceId)}::uuid[],
              ${messages.map(({ id }) => id)}::uuid[])`.execute(tx);
  }
};

/** Its text is another one now, or none: it is not found by the old one any more. */
export const forgetWords = async (tx: Tx, { workspaceId, id }: Indexed): Promise<void> => {
  await sql`delete from message_search where workspace_id = ${workspaceId} and message_id = ${id}`.execute(
    tx,
  );
};

/**
 * Makes the words of some messages that wait for it. They are locked meanwhile, so that what is taken back in this very
 * moment leaves no words behind. It waits for nobody: others lock messages in orders of their own (a merge, a batch of
 * statuses), so one that is locked keeps its place in the queue.
 * @returns whether any were made
 */
export const indexWaiting = async (tx: Tx): Promise<boolean> => {
  const { rows } = await sql<{ workspaceIds: string[]; messageIds: string[] }>`
    delete from message_to_index where id in
      (select id from message_to_index order by id limit 20 for update skip locked)
    returning workspace_ids as "workspaceIds", message_ids as "messageIds"`.execute(tx);
  const workspaceIds = rows.flatMap((row) => row.workspaceIds);
  const messageIds = rows.flatMap((row) => row.messageIds);
  const made = await sql<{ made: number }>`
    with wanted as materialized (
      select distinct w, id from unnest(${workspaceIds}::uuid[], ${messageIds}::uuid[]) as u (w, id)),
    found as materialized (
      select m.workspace_id, m.id, m.text, m.payload
        from wanted u join message m on m.workspace_id = u.w and m.id = u.id
       where m.direction <> 'internal' and m.kind <> 'reaction' and m.revoked_at is null
         and m.removed_at is null
       order by m.id for share of m skip locked),
    made as (
      insert into message_search (workspace_id, message_id, words)
        select workspace_id, id, message_words(text, payload) from found
      on conflict (workspace_id, message_id) do update set words = excluded.words),
    left_over as (
      insert into message_to_index (id, workspace_ids, message_ids)
        select ${newId()}, array_agg(m.workspace_id), array_agg(m.id)
          from wanted u join message m on m.workspace_id = u.w and m.id = u.id
         where m.direction <> 'internal' and m.kind <> 'reaction' and m.revoked_at is null
           and m.removed_at is null
           and not exists (select 1 from found f where f.workspace_id = m.workspace_id and f.id = m.id)
        having count(*) > 0)
    select count(*)::int as made from found`.execute(tx);
  return (made.rows[0]?.made ?? 0) > 0;
};
