import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';

/** The block that came found this message waiting; the gate has just refused it. */
export const noteStopped = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<void> => {
  await sql`insert into stopped_message (workspace_id, message_id) values (${workspaceId}, ${messageId})
    on conflict do nothing`.execute(tx);
};

export interface StoppedMessage {
  readonly outcome: 'sent' | 'discarded' | null;
  readonly sentAs: string | null;
  readonly replyToId: string | null;
  readonly forwardedFrom: string | null;
}

/** Read once its contact is locked, which whoever decides of it holds. */
export const findStopped = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<StoppedMessage | undefined> => {
  const { rows } = await sql<StoppedMessage>`
    select s.outcome, s.sent_as as "sentAs", m.forwarded_from as "forwardedFrom",
           (select q.id from message q where q.workspace_id = m.workspace_id and q.id = m.reply_to_id
               and q.conversation_id = m.conversation_id) as "replyToId"
      from stopped_message s
      join message m on m.workspace_id = s.workspace_id and m.id = s.message_id
     where s.workspace_id = ${workspaceId} and s.message_id = ${messageId}`.execute(tx);
  return rows[0];
};

/** @param sentAs the new message; null: discarded */
export const settleStopped = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
  sentAs: string | null,
): Promise<void> => {
  await sql`update stopped_message
       set outcome = ${sentAs === null ? 'discarded' : 'sent'}, sent_as = ${sentAs}, settled_at = clock_timestamp()
     where workspace_id = ${workspaceId} and message_id = ${messageId} and outcome is null`.execute(
    tx,
  );
};
