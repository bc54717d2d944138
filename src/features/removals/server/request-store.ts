import { sql } from 'kysely';
import type { Actor, Tx } from '#platform/server/deps.ts';
import type { RemovalReason, RemovalState } from '../contract.ts';
import type { MachineItem, MachineRequest } from './request-machine.ts';

export interface StoredRequest extends MachineRequest {
  readonly id: string;
  readonly number: number;
}

/** Locks the request: after contacts, conversations and messages (ARCHITECTURE.md, lock order). */
export const lockRequest = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
): Promise<StoredRequest | undefined> => {
  const { rows } = await sql<Omit<StoredRequest, 'items'>>`
    select id, number, state, assignee_id as "assigneeId" from removal_request
     where workspace_id = ${workspaceId} and id = ${requestId} for update`.execute(tx);
  if (rows[0] === undefined) {
    return undefined;
  }
  const items = await sql<MachineItem>`
    select message_id as "messageId", state, proposed_by as "proposedBy" from removal_item
     where workspace_id = ${workspaceId} and request_id = ${requestId}
    union all
    -- The one thing of a request about a name goes by the id of its contact.
    select contact_id, state, proposed_by from removal_name
     where workspace_id = ${workspaceId} and request_id = ${requestId} order by 1`.execute(tx);
  return { ...rows[0], items: items.rows };
};

/** The next number; whoever takes one asks after everybody who took one before. */
export const takeNumber = async (tx: Tx, workspaceId: string): Promise<number> => {
  const { rows } = await sql<{ number: number }>`
    insert into removal_counter (workspace_id, last_number) values (${workspaceId}, 1)
    on conflict (workspace_id) do update set last_number = removal_counter.last_number + 1
    returning last_number as number`.execute(tx);
  return rows[0]?.number ?? 1;
};

/** No later request has a number up to this one. */
export const raiseCounter = async (tx: Tx, workspaceId: string, number: number): Promise<void> => {
  await sql`insert into removal_counter as c (workspace_id, last_number) values (${workspaceId}, ${number})
    on conflict (workspace_id) do update set last_number = greatest(c.last_number, excluded.last_number)`.execute(
    tx,
  );
};

export const isNumberTaken = async (
  tx: Tx,
  workspaceId: string,
  number: number,
): Promise<boolean> => {
  const { rows } = await sql`select 1 from removal_request
    where workspace_id = ${workspaceId} and number = ${number}`.execute(tx);
  return rows.length > 0;
};

export interface NewRequest {
  readonly id: string;
  readonly number: number;
  readonly contactId: string;
  /** Null of a name of somebody with whom there is no conversation. */
  readonly conversationId: string | null;
  readonly channelId: string | null;
  readonly isOwn: boolean;
  readonly isAtSight: boolean;
}

/** @returns until when somebody should have decided */
export const insertRequest = async (
  tx: Tx,
  workspaceId: string,
  request: NewRequest,
): Promise<Date> => {
  const { rows } = await sql<{ dueAt: Date }>`
    insert into removal_request
      (workspace_id, id, number, contact_id, conversation_id, channel_id, is_own, is_at_sight, due_at)
    values (${workspaceId}, ${request.id}, ${request.number}, ${request.contactId}, ${request.conversationId}::uuid,
            ${request.channelId}::uuid, ${request.isOwn}, ${request.isAtSight}, clock_timestamp() + coalesce(
              (select decide_within_hours from removal_setting where workspace_id = ${workspaceId}), 24)
              * interval '1 hour')
    returning due_at as "dueAt"`.execute(tx);
  if (rows[0] === undefined) {
    throw new Error('a request that was just inserted is not there');
  }
  return rows[0].dueAt;
};

export interface AskerWords {
  readonly reason: RemovalReason;
  readonly note: string | null;
}

/** Who asks: a person, a key, or the product itself, which has no id of its own. */
export interface Asker {
  readonly kind: Actor['kind'];
  readonly id: string;
}

/** Whoever asks again says it anew. @returns whether this asker is new to the request */
export const putAsker = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  asker: Asker,
  words: AskerWords,
): Promise<boolean> => {
  const { rows } = await sql<{ isNew: boolean }>`
    insert into removal_asker (workspace_id, request_id, asker_kind, asker_id, reason, note)
    values (${workspaceId}, ${requestId}, ${asker.kind}, ${asker.id}, ${words.reason}, ${words.note})
    on conflict (workspace_id, request_id, asker_kind, asker_id)
      do update set reason = excluded.reason, note = excluded.note
    returning xmax = 0 as "isNew"`.execute(tx);
  return rows[0]?.isNew ?? false;
};

/** Somebody who wrote one of them joined. */
export const markOwn = async (tx: Tx, workspaceId: string, requestId: string): Promise<void> => {
  await sql`update removal_request set is_own = true
    where workspace_id = ${workspaceId} and id = ${requestId}`.execute(tx);
};

export const writeState = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  { state, assigneeId }: { state: RemovalState; assigneeId: string | null },
): Promise<void> => {
  const isDecided = state !== 'open' && state !== 'in-review';
  const isFinished = state === 'removed' || state === 'refused';
  await sql`update removal_request
       set state = ${state}, assignee_id = ${assigneeId}::uuid,
           decided_at = case when ${isDecided} then coalesce(decided_at, clock_timestamp()) end,
           finished_at = case when ${isFinished} then coalesce(finished_at, clock_timestamp()) end
     where workspace_id = ${workspaceId} and id = ${requestId}`.execute(tx);
};

/** Whether two people must say that content of this request is to go. */
export const needsTwoPeople = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
): Promise<boolean> => {
  const { rows } = await sql`
    select 1 from removal_setting s
      join removal_asker a on a.workspace_id = s.workspace_id and a.reason = any(s.two_person_reasons)
     where s.workspace_id = ${workspaceId} and a.request_id = ${requestId} limit 1`.execute(tx);
  return rows.length > 0;
};

/** @returns the state of a request that this actor asked for; undefined when there is none */
export const acknowledge = async (
  tx: Tx,
  requestId: string,
  actor: Actor,
): Promise<RemovalState | undefined> => {
  const { rows } = await sql<{ state: RemovalState }>`
    update removal_asker s
       set acknowledged_at = case when q.decided_at is null then null
                                  else coalesce(s.acknowledged_at, clock_timestamp()) end
      from removal_request q
     where s.workspace_id = ${actor.workspaceId} and s.request_id = ${requestId} and s.asker_kind = ${actor.kind}
       and s.asker_id = ${actor.id}::uuid and q.workspace_id = s.workspace_id and q.id = s.request_id
    returning q.state`.execute(tx);
  return rows[0]?.state;
};

/** Whether this member may be given a request: a moderator or an administrator of the workspace. */
export const isReviewer = async (
  tx: Tx,
  workspaceId: string,
  memberId: string,
): Promise<boolean> => {
  const { rows } = await sql`select 1 from member
     where workspace_id = ${workspaceId} and id = ${memberId} and removed_at is null
       and role in ('moderator', 'administrator')`.execute(tx);
  return rows.length > 0;
};

/** @returns when it was said */
export const insertComment = async (
  tx: Tx,
  actor: Actor,
  comment: { readonly id: string; readonly requestId: string; readonly text: string },
): Promise<void> => {
  await sql`insert into removal_comment (workspace_id, id, request_id, author_kind, author_id, text)
    values (${actor.workspaceId}, ${comment.id}, ${comment.requestId}, ${actor.kind}, ${actor.id}::uuid,
            ${comment.text})`.execute(tx);
};
