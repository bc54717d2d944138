import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { MessageKind, MessageStatus } from '../contract.ts';
import type { MessageState } from './message-store.ts';
import { type OwnReaction, ownReaction, showReactions } from './own-reaction-store.ts';

/** The message whose turn it is in a conversation: one after another, in the order they were written. */
export interface OutboxHead {
  readonly id: string;
  readonly status: 'queued' | 'sending';
  readonly kind: MessageKind;
  readonly text: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly acceptedEpoch: number;
  readonly attempts: number;
  readonly replyToExternalId: string | null;
  /** Not before then; null = now. */
  readonly waitsUntil: Date | null;
  /** Of a message on the wire: its claim's deadline has passed without an end. */
  readonly isAbandoned: boolean;
}

export const findOutboxHead = async (
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<OutboxHead | undefined> => {
  const { rows } = await sql<OutboxHead>`
    select m.id, m.status, m.kind, m.text, m.payload, m.accepted_epoch as "acceptedEpoch", m.attempts,
           (select q.external_id from message q
             where q.workspace_id = m.workspace_id and q.id = m.reply_to_id) as "replyToExternalId",
           case when m.next_attempt_at > clock_timestamp() then m.next_attempt_at end as "waitsUntil",
           not exists (select 1 from dispatch_claim d
             where d.workspace_id = m.workspace_id and d.message_id = m.id and d.ended_at is null
               and d.deadline > clock_timestamp()) as "isAbandoned"
      from message m
     where m.workspace_id = ${workspaceId} and m.conversation_id = ${conversationId}
       and m.direction = 'out' and m.status in ('queued', 'sending')
     order by m.at, m.id limit 1`.execute(tx);
  return rows[0];
};

export interface DeliveryChange {
  readonly status: MessageStatus;
  readonly errorCode?: string | null;
  readonly externalId?: string | null;
  readonly nextAttemptInMs?: number | null;
  readonly addAttempt?: boolean;
  /** The one that was just made, or would be added, is not counted. */
  readonly isNoAttempt?: boolean;
}

export const setDelivery = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
  change: DeliveryChange,
): Promise<void> => {
  const { rows } = await sql<OwnReaction>`update message m
       set status = ${change.status}, error_code = ${change.errorCode ?? null},
           external_id = coalesce(m.external_id, ${change.externalId ?? null}),
           next_attempt_at = clock_timestamp() + ${change.nextAttemptInMs ?? null}::float8 * interval '1 millisecond',
           attempts = attempts + ${Number(change.addAttempt ?? false) - Number(change.isNoAttempt ?? false)}
     where workspace_id = ${workspaceId} and id = ${messageId}
    returning ${ownReaction}`.execute(tx);
  await showReactions(tx, rows);
};

/** What statuses told of messages that are locked. */
export const setDeliveries = async (
  tx: Tx,
  changes: readonly {
    workspaceId: string;
    id: string;
    status: MessageStatus;
    errorCode: string | null;
    externalId: string | null;
  }[],
): Promise<void> => {
  const { rows } = await sql<OwnReaction>`update message m
       set status = u.status, error_code = u.error, external_id = coalesce(m.external_id, u.ext),
           next_attempt_at = null
      from unnest(${changes.map((c) => c.workspaceId)}::uuid[], ${changes.map((c) => c.id)}::uuid[],
                  ${changes.map((c) => c.status)}::text[], ${changes.map((c) => c.errorCode)}::text[],
                  ${changes.map((c) => c.externalId)}::text[]) as u (w, id, status, error, ext)
     where m.workspace_id = u.w and m.id = u.id
    returning ${ownReaction}`.execute(tx);
  await showReactions(tx, rows);
};

/** A message of ours that a status speaks of. */
export interface StatusTarget {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly id: string;
  readonly contactId: string;
  readonly externalId: string;
}

/** The messages of ours that these statuses speak of, by WhatsApp's id or by ours; not locked. */
export const findStatusTargets = async (
  tx: Tx,
  statuses: readonly {
    workspaceId: string;
    channelId: string;
    externalId: string;
    messageId: string | null;
  }[],
): Promise<StatusTarget[]> => {
  if (statuses.length === 0) {
    return [];
  }
  const { rows } = await sql<StatusTarget>`
    select distinct m.workspace_id as "workspaceId", u.ch as "channelId", m.id, m.contact_id as "contactId", u.ext as "externalId"
      from unnest(${statuses.map((s) => s.workspaceId)}::uuid[], ${statuses.map((s) => s.channelId)}::uuid[],
                  ${statuses.map((s) => s.externalId)}::text[], ${statuses.map((s) => s.messageId)}::uuid[]
                 ) as u (w, ch, ext, id)
      cross join lateral (
        select x.workspace_id, x.id, x.contact_id from message x
         where x.workspace_id = u.w and x.channel_id = u.ch and x.external_id = u.ext and x.direction = 'out'
        union all
        select x.workspace_id, x.id, x.contact_id from message x
         where x.workspace_id = u.w and x.id = u.id and x.channel_id = u.ch and x.direction = 'out'
           and x.external_id is null and x.removed_at is null
         limit 1) m`.execute(tx);
  return rows;
};

export type LockedMessage = Pick<
  MessageState,
  | 'workspaceId'
  | 'id'
  | 'status'
  | 'errorCode'
  | 'conversationId'
  | 'contactId'
  | 'channelId'
  | 'externalId'
>;

/** What was removed is not among them: nothing is told of it any more. */
export const lockMessages = async (
  tx: Tx,
  targets: readonly { workspaceId: string; id: string }[],
): Promise<LockedMessage[]> => {
  const { rows } = await sql<MessageState>`
    select m.workspace_id as "workspaceId", m.id, m.status, m.error_code as "errorCode",
           m.conversation_id as "conversationId", m.contact_id as "contactId", m.channel_id as "channelId",
           m.external_id as "externalId"
      from message m
      join (select distinct w, id from unnest(
              ${targets.map((t) => t.workspaceId)}::uuid[], ${targets.map((t) => t.id)}::uuid[]) as u (w, id)) u
        on m.workspace_id = u.w and m.id = u.id
     where m.removed_at is null
     order by m.id for update of m`.execute(tx);
  return rows;
};

/**
 * Messages whose process died between its claim and its record, all of them, and queued ones whose job got lost, those
 * that are due longest. Only the first of a conversation can be due; a job that has its turn is left alone, because
 * enqueued again it would go to the end of all.
 */
export const findStrandedConversations = async (
  tx: Tx,
): Promise<{ workspaceId: string; conversationId: string }[]> => {
  const { rows } = await sql<{ workspaceId: string; conversationId: string }>`
    select m.workspace_id as "workspaceId", m.conversation_id as "conversationId"
      from dispatch_claim d join message m on m.workspace_id = d.workspace_id and m.id = d.message_id
     where d.ended_at is null and d.deadline < clock_timestamp() and d.kind = 'send' and m.status = 'sending'
    union
    select * from (
      select workspace_id, conversation_id
        from (select distinct on (workspace_id, conversation_id) workspace_id, conversation_id, status,
                     coalesce(next_attempt_at, created_at) as due
                from message where direction = 'out' and status in ('queued', 'sending')
               order by workspace_id, conversation_id, at, id) head
       where status = 'queued' and due < clock_timestamp() - interval '10 seconds'
         and not exists (select 1 from graphile_worker.jobs j where j.key = 'deliver:' || conversation_id
                          and j.run_at <= clock_timestamp() and j.attempts < j.max_attempts)
       order by due limit 500) longest
    -- in one order for all: each enqueued job is a row that others may wait for
    order by 2`.execute(tx);
  return rows;
};

/** Still waiting to be sent, or on the wire, for this contact. */
export const findQueuedConversations = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select distinct m.conversation_id as id
      from conversation v
      join message m on m.workspace_id = v.workspace_id and m.conversation_id = v.id
     where v.workspace_id = ${workspaceId} and v.contact_id = ${contactId}
       and m.direction = 'out' and m.status in ('queued', 'sending') order by 1`.execute(tx);
  return rows.map((row) => row.id);
};

/** The newest message of the person. */
export const findLastInbound = async (
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<string | undefined> => {
  const { rows } = await sql<{ id: string }>`
    select id from message
     where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and direction = 'in'
     order by at desc, id desc limit 1`.execute(tx);
  return rows[0]?.id;
};

/** That message of the person and some before it, newest first: marking one as read marks all before it. */
export const findInboundUpTo = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<{ id: string; externalId: string }[]> => {
  const { rows } = await sql<{ id: string; externalId: string }>`
    select m.id, m.external_id as "externalId"
      from message seen
      join message m on m.workspace_id = seen.workspace_id and m.conversation_id = seen.conversation_id
     where seen.workspace_id = ${workspaceId} and seen.id = ${messageId} and m.direction = 'in'
       and m.external_id is not null and (m.at, m.id) <= (seen.at, seen.id)
     order by m.at desc, m.id desc limit 20`.execute(tx);
  return rows;
};

/** What waits in back-off for a contact whose epoch has moved has nothing to wait for. */
export const releaseBackOff = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<void> => {
  await sql`update message m set next_attempt_at = null
      from conversation v, contact c
     where v.workspace_id = ${workspaceId} and v.contact_id = ${contactId}
       and c.workspace_id = v.workspace_id and c.id = v.contact_id
       and m.workspace_id = v.workspace_id and m.conversation_id = v.id
       and m.direction = 'out' and m.status = 'queued' and m.next_attempt_at is not null
       and m.accepted_epoch <> c.block_epoch`.execute(tx);
};

/** Whether a block has come since it was accepted: it leaves no more, and has nothing to wait for. */
export const isOutdated = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<boolean> => {
  const { rows } = await sql`select 1 from message m
      join conversation v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
      join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
     where m.workspace_id = ${workspaceId} and m.id = ${messageId}
       and m.accepted_epoch <> c.block_epoch`.execute(tx);
  return rows.length > 0;
};

/** Of all workspaces. @returns how many */
export const doubtQueued = async (tx: Tx): Promise<number> => {
  const { numAffectedRows } =
    await sql`update message set status = 'unknown', next_attempt_at = null
     where direction = 'out' and status in ('queued', 'sending')`.execute(tx);
  return Number(numAffectedRows ?? 0);
};
