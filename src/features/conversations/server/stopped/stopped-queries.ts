import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';
import type { StoppedConversation } from '../../stopped/contract.ts';

/** What nobody has decided of yet, over all conversations of the contact, in the order in which it was written. */
export const findOpenStopped = async (
  db: Db,
  workspaceId: string,
  contactId: string,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select m.id from stopped_message s
      join message m on m.workspace_id = s.workspace_id and m.id = s.message_id
     where s.workspace_id = ${workspaceId} and s.outcome is null and m.contact_id = ${contactId}
     order by m.at, m.id limit 100`.execute(db);
  return rows.map((row) => row.id);
};

/** The same of many contacts, each conversation once, those with the oldest of it first. */
export const findStoppedConversations = async (
  db: Db,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<StoppedConversation[]> => {
  const { rows } = await sql<StoppedConversation>`
    select m.contact_id as "contactId", m.conversation_id as "conversationId", ch.name as "channelName",
           count(*)::int as count
      from stopped_message s
      join message m on m.workspace_id = s.workspace_id and m.id = s.message_id
      join channel ch on ch.workspace_id = m.workspace_id and ch.id = m.channel_id
     where s.workspace_id = ${workspaceId} and s.outcome is null and m.contact_id = any(${[...contactIds]}::uuid[])
     group by m.contact_id, m.conversation_id, ch.name
     order by min(m.at), m.conversation_id`.execute(db);
  return rows;
};
