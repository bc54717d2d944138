import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { MessageKind, MessageStatus, Withheld } from '../../contract.ts';

/** What deciding about a message needs to know of it; nothing of what it says. */
export interface FamilyMember {
  readonly id: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly channelId: string;
  readonly direction: 'in' | 'out' | 'internal';
  readonly kind: MessageKind;
  readonly authorKind: 'member' | 'api-key' | 'system' | 'phone-app' | null;
  readonly authorId: string | null;
  readonly externalId: string | null;
  readonly status: MessageStatus;
  readonly at: Date;
  readonly withheld: Withheld;
}

export const lockFamily = async (
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<FamilyMember[]> => {
  const { rows } = await sql<FamilyMember>`
    select m.id, m.conversation_id as "conversationId", m.contact_id as "contactId", m.channel_id as "channelId",
           m.direction, m.kind, m.author_kind as "authorKind", m.author_id as "authorId",
           m.external_id as "externalId", m.status, m.at,
           case when m.removed_at is not null then 'removed' when m.is_covered then 'covered' end as withheld
      from message m where m.workspace_id = ${workspaceId} and m.id = any(${[...ids]}::uuid[])
     order by m.id for update`.execute(tx);
  return rows;
};

/** The messages that quote one of these. */
export const findQuoting = async (
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select id from message
     where workspace_id = ${workspaceId} and reply_to_id = any(${[...ids]}::uuid[])`.execute(tx);
  return rows.map((row) => row.id);
};
