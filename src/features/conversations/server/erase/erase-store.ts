import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';

/** A message that goes with a person. */
export interface GoingMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly channelId: string;
  readonly externalId: string | null;
  /** With somebody else, made of what the person had sent. */
  readonly isCopy: boolean;
}

interface Copy {
  readonly id: string;
  readonly contactId: string;
}

const conversationsOf = (workspaceId: string, contactIds: readonly string[]) => sql`
  select v.id from conversation v
   where v.workspace_id = ${workspaceId} and v.contact_id = any(${[...contactIds]}::uuid[])`;

/**
 * What was forwarded to others of what these people had sent, at any depth. A generation a statement, each looked up by index
 * (decision 0036). What we had written ourselves, and forwarded on, is ours.
 */
export const findCopies = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<Copy[]> => {
  const first = await sql<Copy>`
    select c.id, c.contact_id as "contactId"
      from message m join message c on c.workspace_id = m.workspace_id and c.forwarded_from = m.id
     where m.workspace_id = ${workspaceId} and m.direction = 'in'
       and m.conversation_id = any(array(${conversationsOf(workspaceId, contactIds)}))`.execute(tx);
  const all = new Map<string, Copy>();
  for (let found = first.rows; found.length > 0; ) {
    for (const copy of found) {
      all.set(copy.id, copy);
    }
    const ids = found.map(({ id }) => id);
    const next = await sql<Copy>`
      select c.id, c.contact_id as "contactId" from message c
       where c.workspace_id = ${workspaceId} and c.forwarded_from = any(${ids}::uuid[])`.execute(
      tx,
    );
    found = next.rows.filter(({ id }) => !all.has(id));
  }
  return [...all.values()].filter(({ contactId }) => !contactIds.includes(contactId));
};

/** Whose history holds copies of what these people sent: to be locked with them. */
export const findPeopleOfCopies = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<string[]> => {
  const copies = await findCopies(tx, workspaceId, contactIds);
  return [...new Set(copies.map(({ contactId }) => contactId))];
};

/** All that is in these conversations, and these copies, in id order. */
export const lockGoing = async (
  tx: Tx,
  workspaceId: string,
  conversationIds: readonly string[],
  copyIds: readonly string[],
): Promise<GoingMessage[]> => {
  const theirs = sql`m.conversation_id = any(${[...conversationIds]}::uuid[])`;
  const { rows } = await sql<GoingMessage>`
    select m.id, m.conversation_id as "conversationId", m.channel_id as "channelId", m.external_id as "externalId",
           not ${theirs} as "isCopy"
      from message m
     where m.workspace_id = ${workspaceId} and (${theirs} or m.id = any(${[...copyIds]}::uuid[]))
     order by m.id for update`.execute(tx);
  return rows;
};

/** Their messages are gone. */
export const deleteConversations = async (
  tx: Tx,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<void> => {
  await sql`delete from conversation
    where workspace_id = ${workspaceId} and id = any(${[...conversationIds]}::uuid[])`.execute(tx);
};
