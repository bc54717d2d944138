import { sql } from 'kysely';
import type { Actor, Tx } from '#platform/server/deps.ts';
import type { BlockReason } from '../../contract.ts';

/** As many of the contact's last messages go with a request. */
const mostMessages = 5;

export interface RequestPlace {
  readonly id: string;
  readonly contactId: string;
  readonly state: 'open' | 'approved' | 'refused';
}

/** Not locked: the contact must be locked first, and this asked again. */
export const findRequestPlace = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
): Promise<RequestPlace | undefined> => {
  const { rows } = await sql<RequestPlace>`
    select id, contact_id as "contactId", state from block_request
     where workspace_id = ${workspaceId} and id = ${requestId}`.execute(tx);
  return rows[0];
};

/** The one open request of a contact; all that is written about requests is written under the contact's lock. */
export const findOpenRequest = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<string | undefined> => {
  const { rows } = await sql<{ id: string }>`select id from block_request
    where workspace_id = ${workspaceId} and contact_id = ${contactId} and state = 'open'`.execute(
    tx,
  );
  return rows[0]?.id;
};

/** The same of several contacts. */
export const findOpenRequests = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<{ id: string; contactId: string }[]> => {
  const { rows } = await sql<{ id: string; contactId: string }>`
    select id, contact_id as "contactId" from block_request
     where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[]) and state = 'open'
     order by id`.execute(tx);
  return rows;
};

/** After how many hours without an answer, by the workspace's setting. */
const answerWithin = (workspaceId: string) => sql`coalesce(
  (select s.answer_within_hours from block_request_setting s where s.workspace_id = ${workspaceId}), 24)
  * interval '1 hour'`;

/** @returns when it is brought up, if nobody decides */
export const insertRequest = async (
  tx: Tx,
  request: { workspaceId: string; id: string; contactId: string },
): Promise<Date> => {
  const { workspaceId, id, contactId } = request;
  const { rows } = await sql<{ dueAt: Date }>`
    insert into block_request (workspace_id, id, contact_id, due_at)
    values (${workspaceId}, ${id}, ${contactId}, clock_timestamp() + ${answerWithin(workspaceId)})
    returning due_at as "dueAt"`.execute(tx);
  if (rows[0] === undefined) {
    throw new Error('a request that was just inserted is not there');
  }
  return rows[0].dueAt;
};

/** Names what the person wrote last, whichever of our numbers they wrote to. */
export const attachLastMessages = async (
  tx: Tx,
  request: { workspaceId: string; id: string; contactId: string },
): Promise<void> => {
  await sql`insert into block_request_message (workspace_id, request_id, message_id)
    select ${request.workspaceId}, ${request.id}, m.id
      from conversation v
      join lateral (
        select o.id, o.at from message o
         where o.workspace_id = v.workspace_id and o.conversation_id = v.id and o.direction = 'in'
           and o.revoked_at is null and o.removed_at is null
         order by o.at desc, o.id desc limit ${sql.lit(mostMessages)}) m on true
     where v.workspace_id = ${request.workspaceId} and v.contact_id = ${request.contactId}
     order by m.at desc, m.id desc limit ${sql.lit(mostMessages)}`.execute(tx);
};

export interface AskerWords {
  readonly reason: BlockReason;
  readonly note: string | null;
}

/**
 * Whoever asks again says it anew.
 * @returns whether this asker is new to the request, or gives another reason than before
 */
export const putAsker = async (
  tx: Tx,
  requestId: string,
  actor: Actor,
  words: AskerWords,
): Promise<'new' | 'other-reason' | 'same'> => {
  const { rows } = await sql<{ isNew: boolean; isOther: boolean }>`
    with before as (select reason from block_request_asker where workspace_id = ${actor.workspaceId}
      and request_id = ${requestId} and asker_kind = ${actor.kind} and asker_id = ${actor.id})
    insert into block_request_asker (workspace_id, request_id, asker_kind, asker_id, reason, note)
    values (${actor.workspaceId}, ${requestId}, ${actor.kind}, ${actor.id}, ${words.reason}, ${words.note})
    on conflict (workspace_id, request_id, asker_kind, asker_id)
      do update set reason = excluded.reason, note = excluded.note
    returning xmax = 0 as "isNew", reason is distinct from (select b.reason from before b) as "isOther"`.execute(
    tx,
  );
  if (rows[0]?.isNew) {
    return 'new';
  }
  return rows[0]?.isOther ? 'other-reason' : 'same';
};

/** How many contacts this actor has asked about within the last hour. */
export const countAskedLately = async (tx: Tx, actor: Actor): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*) from block_request_asker
     where workspace_id = ${actor.workspaceId} and asker_id = ${actor.id}::uuid
       and asked_at > clock_timestamp() - interval '1 hour'`.execute(tx);
  return rows[0]?.count ?? 0;
};

/** The reason of the first who asked. */
export const findFirstReason = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
): Promise<BlockReason | undefined> => {
  const { rows } = await sql<{ reason: BlockReason }>`
    select reason from block_request_asker
     where workspace_id = ${workspaceId} and request_id = ${requestId}
     order by asked_at, asker_id limit 1`.execute(tx);
  return rows[0]?.reason;
};

export type Decision =
  | { readonly state: 'approved'; readonly blockId: string }
  | { readonly state: 'refused'; readonly answer: string | null };

/** @returns false when it was decided before */
export const decideRequest = async (
  tx: Tx,
  requestId: string,
  actor: Actor,
  decision: Decision,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update block_request
       set state = ${decision.state}, decided_at = clock_timestamp(), decided_by_kind = ${actor.kind},
           decided_by = ${actor.id}::uuid,
           answer = ${decision.state === 'refused' ? decision.answer : null},
           block_id = ${decision.state === 'approved' ? decision.blockId : null}::uuid
     where workspace_id = ${actor.workspaceId} and id = ${requestId} and state = 'open'`.execute(
    tx,
  );
  return (numAffectedRows ?? 0n) > 0n;
};

/**
 * Brings up an open request whose time has come.
 * @returns when it is brought up next; undefined when it was decided, joined to another, or is not due
 */
export const bringUpRequest = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
): Promise<Date | undefined> => {
  const { rows } = await sql<{ dueAt: Date }>`
    update block_request
       set brought_up_count = brought_up_count + 1, brought_up_at = clock_timestamp(),
           due_at = clock_timestamp() + ${answerWithin(workspaceId)}
     where workspace_id = ${workspaceId} and id = ${requestId} and state = 'open'
       and due_at <= clock_timestamp()
    returning due_at as "dueAt"`.execute(tx);
  return rows[0]?.dueAt;
};

/** @returns the state of a request that this actor asked for; undefined when there is none */
export const acknowledgeDecision = async (
  tx: Tx,
  requestId: string,
  actor: Actor,
): Promise<RequestPlace['state'] | undefined> => {
  const { rows } = await sql<{ state: RequestPlace['state'] }>`
    update block_request_asker s
       set acknowledged_at = case when q.state = 'open' then null
                                  else coalesce(s.acknowledged_at, clock_timestamp()) end
      from block_request q
     where s.workspace_id = ${actor.workspaceId} and s.request_id = ${requestId} and s.asker_kind = ${actor.kind}
       and s.asker_id = ${actor.id} and q.workspace_id = s.workspace_id and q.id = s.request_id
    returning q.state`.execute(tx);
  return rows[0]?.state;
};

/** A request that goes on in another one. */
export interface JoinedRequest {
  readonly requestId: string;
  readonly joinedRequestId: string;
}

/**
 * Gives the contact's requests to the one it was merged into; of two open ones the kept contact's goes on.
 * @returns what became of the other one
 */
export const moveRequests = async (
  tx: Tx,
  workspaceId: string,
  from: string,
  to: string,
): Promise<JoinedRequest | undefined> => {
  const open = await findOpenRequest(tx, workspaceId, from);
  const kept = await findOpenRequest(tx, workspaceId, to);
  const isJoined = open !== undefined && kept !== undefined;
  if (isJoined) {
    await joinRequests(tx, workspaceId, open, kept);
  }
  await sql`update block_request set contact_id = ${to}
    where workspace_id = ${workspaceId} and contact_id = ${from}`.execute(tx);
  return isJoined ? { requestId: open, joinedRequestId: kept } : undefined;
};

/** Those who asked, and what they had read, go over to the other request; nothing of the first one is left. */
const joinRequests = async (
  tx: Tx,
  workspaceId: string,
  from: string,
  to: string,
): Promise<void> => {
  await sql`insert into block_request_asker
      (workspace_id, request_id, asker_kind, asker_id, reason, note, asked_at)
    select workspace_id, ${to}, asker_kind, asker_id, reason, note, asked_at from block_request_asker
     where workspace_id = ${workspaceId} and request_id = ${from} on conflict do nothing`.execute(
    tx,
  );
  await sql`insert into block_request_message (workspace_id, request_id, message_id)
    select workspace_id, ${to}, message_id from block_request_message
     where workspace_id = ${workspaceId} and request_id = ${from} on conflict do nothing`.execute(
    tx,
  );
  await sql`delete from block_request
    where workspace_id = ${workspaceId} and id = ${from}`.execute(tx);
};

export const setAnswerHours = async (tx: Tx, workspaceId: string, hours: number): Promise<void> => {
  await sql`insert into block_request_setting (workspace_id, answer_within_hours)
    values (${workspaceId}, ${hours})
    on conflict (workspace_id) do update set answer_within_hours = excluded.answer_within_hours`.execute(
    tx,
  );
};
