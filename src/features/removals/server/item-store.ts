import { sql } from 'kysely';
import type { Actor, Tx } from '#platform/server/deps.ts';
import type { DecisionReason } from '../reasons/contract.ts';

/** An open item: of the message itself, or of one of its family, on whose account it is covered. */
export interface OpenItem {
  readonly requestId: string;
  /** The message that the item names. */
  readonly namedId: string;
}

/** What decides about these messages, by message: what names them, else the first that covers them along with its own. */
export const findDecidingItems = async (
  tx: Tx,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<Map<string, OpenItem>> => {
  const { rows } = await sql<OpenItem & { messageId: string }>`
    select distinct on (c.message_id) c.message_id as "messageId", i.request_id as "requestId", i.message_id as "namedId"
      from message_cover c
      join removal_item i on i.workspace_id = c.workspace_id and i.request_id = c.request_id
        and i.message_id = c.named_message_id and i.state = 'open'
     where c.workspace_id = ${workspaceId} and c.message_id = any(${[...messageIds]}::uuid[])
     order by c.message_id, (i.message_id = c.message_id) desc, i.request_id, i.message_id`.execute(
    tx,
  );
  return new Map(rows.map(({ messageId, ...item }) => [messageId, item]));
};

/** Those of these messages that an open request names; each is named by one at most. */
export const findOpenItems = async (
  tx: Tx,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<Map<string, OpenItem>> => {
  const { rows } = await sql<{ messageId: string; requestId: string }>`
    select message_id as "messageId", request_id as "requestId" from removal_item
     where workspace_id = ${workspaceId} and message_id = any(${[...messageIds]}::uuid[]) and state = 'open'`.execute(
    tx,
  );
  return new Map(
    rows.map(({ messageId, requestId }) => [messageId, { requestId, namedId: messageId }]),
  );
};

export const insertItems = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  askerId: string,
  messageIds: readonly string[],
): Promise<void> => {
  await sql`insert into removal_item (workspace_id, request_id, message_id, asker_id)
    select ${workspaceId}::uuid, ${requestId}::uuid, id, ${askerId}::uuid
      from unnest(${[...messageIds].sort()}::uuid[]) as id`.execute(tx);
};

/** How many messages and names this asker has put under a cover within the last hour; what they removed at sight is none of it. */
export const countAskedLately = async (
  tx: Tx,
  workspaceId: string,
  askerId: string,
): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from removal_item i
      join removal_request q on q.workspace_id = i.workspace_id and q.id = i.request_id
     where i.workspace_id = ${workspaceId} and i.asker_id = ${askerId} and (not q.is_at_sight or i.state = 'open')
       and i.asked_at > clock_timestamp() - interval '1 hour')
     + (select count(*) from removal_name n
      join removal_request q on q.workspace_id = n.workspace_id and q.id = n.request_id
     where n.workspace_id = ${workspaceId} and n.asker_id = ${askerId} and (not q.is_at_sight or n.state = 'open')
       and n.asked_at > clock_timestamp() - interval '1 hour') as count`.execute(tx);
  return rows[0]?.count ?? 0;
};

/** @param ticks of each, the messages with the same bytes that are to go along: for the second person to see */
export const proposeItems = async (
  tx: Tx,
  actor: Actor,
  requestId: string,
  messageIds: readonly string[],
  ticks: ReadonlyMap<string, readonly string[]>,
): Promise<void> => {
  for (const messageId of messageIds) {
    await sql`update removal_item set proposed_by = ${actor.id}::uuid, proposed_at = clock_timestamp(),
             proposed_also = ${[...(ticks.get(messageId) ?? [])]}::uuid[]
       where workspace_id = ${actor.workspaceId} and request_id = ${requestId}
         and message_id = ${messageId} and state = 'open'`.execute(tx);
  }
};

export const decideItems = async (
  tx: Tx,
  actor: Actor,
  decided: {
    readonly requestId: string;
    readonly messageIds: readonly string[];
    readonly state: 'removed' | 'kept';
    readonly answer: string | null;
    /** Why, by message. */
    readonly reasons?: ReadonlyMap<string, DecisionReason>;
  },
): Promise<void> => {
  const reasons = decided.messageIds.map((id) => decided.reasons?.get(id) ?? null);
  await sql`update removal_item i
       set state = ${decided.state}, decided_at = clock_timestamp(), decided_by_kind = ${actor.kind},
           decided_by = ${actor.id}::uuid, answer = ${decided.answer}, decided_for = u.reason
      from unnest(${[...decided.messageIds]}::uuid[], ${reasons}::text[]) as u (id, reason)
     where i.workspace_id = ${actor.workspaceId} and i.request_id = ${decided.requestId}
       and i.message_id = u.id and i.state = 'open'`.execute(tx);
};

/** Items of other requests whose content has just gone along with this one, by request, in the order of their ids. */
export const findGoneElsewhere = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  number: number,
): Promise<{ requestId: string; messageIds: string[] }[]> => {
  const { rows } = await sql<{ requestId: string; messageIds: string[] }>`
    select i.request_id as "requestId", array_agg(i.message_id order by i.message_id) as "messageIds"
      from removal_item i
      join shown_message m on m.workspace_id = i.workspace_id and m.id = i.message_id
     where i.workspace_id = ${workspaceId} and i.state = 'open' and i.request_id <> ${requestId}
       and m.removal_number = ${number}
     group by i.request_id order by i.request_id`.execute(tx);
  return rows;
};

/** Items of this request whose content it has taken out without their saying so; kept ones among them. */
export const findGoneOf = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  number: number,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select i.message_id as id from removal_item i
      join shown_message m on m.workspace_id = i.workspace_id and m.id = i.message_id
     where i.workspace_id = ${workspaceId} and i.request_id = ${requestId} and i.state <> 'removed'
       and m.removal_number = ${number} order by i.message_id`.execute(tx);
  return rows.map(({ id }) => id);
};

/** Of messages that were removed once, one that is here all the same. */
export interface StandingMessage {
  readonly id: string;
  readonly contactId: string;
  readonly conversationId: string;
  readonly channelId: string;
}

/** Of these messages those that are here with their content; in id order. */
export const findStanding = async (
  tx: Tx,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<StandingMessage[]> => {
  const { rows } = await sql<StandingMessage>`
    select id, contact_id as "contactId", conversation_id as "conversationId", channel_id as "channelId"
      from shown_message
     where workspace_id = ${workspaceId} and id = any(${[...messageIds]}::uuid[])
       and withheld is distinct from 'removed' and kind not in ('activity', 'reaction')
     order by id`.execute(tx);
  return rows;
};

/** Requests that wait and have nothing to decide any more: what they named was deleted by its age. */
export const findEmptied = async (
  tx: Tx,
): Promise<{ workspaceId: string; requestId: string }[]> => {
  const { rows } = await sql<{ workspaceId: string; requestId: string }>`
    select q.workspace_id as "workspaceId", q.id as "requestId" from removal_request q
     where q.state in ('open', 'in-review') and not exists (
       select 1 from removal_item i
        where i.workspace_id = q.workspace_id and i.request_id = q.id and i.state = 'open')
       and not exists (select 1 from removal_name n where n.workspace_id = q.workspace_id and n.request_id = q.id)
     order by q.workspace_id, q.id`.execute(tx);
  return rows;
};
