import { sql } from 'kysely';
import { noteIdentities } from '#features/gate/server/index.ts';
import type { Tx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';

export interface ConversationPlace {
  readonly workspaceId: string;
  readonly contactId: string;
  readonly channelId: string;
}

export interface LockedConversation extends ConversationPlace {
  readonly id: string;
  readonly status: 'open' | 'resolved';
  readonly assigneeId: string | null;
  /** Free text may be sent: the person wrote within the last 24 hours, by the database's clock. */
  readonly isWindowOpen: boolean;
}

const columns = sql`v.workspace_id as "workspaceId", v.id, v.contact_id as "contactId",
  v.channel_id as "channelId", v.status, v.assignee_id as "assigneeId",
  coalesce(v.last_inbound_at > clock_timestamp() - interval '24 hours', false) as "isWindowOpen"`;

const nameOf = (place: ConversationPlace): string => `${place.contactId}/${place.channelId}`;

/**
 * The conversations of these contacts on these channels, locked in id order; missing ones are made. The contacts are
 * locked, so nobody else makes the same one.
 * @returns by `contactId/channelId`
 */
export const lockOrCreateConversations = async (
  tx: Tx,
  places: readonly ConversationPlace[],
): Promise<Map<string, LockedConversation>> => {
  const wanted = new Map(places.map((place) => [nameOf(place), place]));
  const list = [...wanted.values()];
  const { rows } = await sql<LockedConversation>`
    select ${columns} from conversation v
      join unnest(${list.map((p) => p.workspaceId)}::uuid[], ${list.map((p) => p.contactId)}::uuid[],
                  ${list.map((p) => p.channelId)}::uuid[]) as u (w, k, ch)
        on v.workspace_id = u.w and v.contact_id = u.k and v.channel_id = u.ch
     order by v.id for update of v`.execute(tx);
  const found = new Map(rows.map((row) => [nameOf(row), row]));
  const missing = [...wanted].flatMap(([name, place]) => (found.has(name) ? [] : [place]));
  for (const made of await insertConversations(tx, missing)) {
    found.set(nameOf(made), made);
  }
  return found;
};

const insertConversations = async (
  tx: Tx,
  places: readonly ConversationPlace[],
): Promise<LockedConversation[]> => {
  if (places.length === 0) {
    return [];
  }
  const made = places.map((place): LockedConversation => {
    return { ...place, id: newId(), status: 'open', assigneeId: null, isWindowOpen: false };
  });
  await sql`insert into conversation (workspace_id, id, contact_id, channel_id)
    select * from unnest(${made.map((v) => v.workspaceId)}::uuid[], ${made.map((v) => v.id)}::uuid[],
                         ${made.map((v) => v.contactId)}::uuid[], ${made.map((v) => v.channelId)}::uuid[])`.execute(
    tx,
  );
  // Whoever is blocked speaks through one more number of ours: its list at WhatsApp is asked as well.
  for (const workspaceId of new Set(made.map((v) => v.workspaceId))) {
    const own = made.filter((v) => v.workspaceId === workspaceId);
    const contactIds = own.map(({ contactId }) => contactId);
    await noteIdentities(tx, workspaceId, contactIds);
  }
  return made;
};

/** Where a conversation stands, without a lock: the contact must be locked first, then the conversation. */
export const findPlace = async (
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<ConversationPlace | undefined> => {
  const { rows } = await sql<ConversationPlace>`
    select workspace_id as "workspaceId", contact_id as "contactId", channel_id as "channelId"
      from conversation where workspace_id = ${workspaceId} and id = ${conversationId}`.execute(tx);
  return rows[0];
};

export const lockConversation = async (
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<LockedConversation | undefined> => {
  const { rows } = await sql<LockedConversation>`
    select ${columns} from conversation v
     where v.workspace_id = ${workspaceId} and v.id = ${conversationId} for update`.execute(tx);
  return rows[0];
};

/** Every conversation of these contacts, in id order: whoever will touch several locks them here, at once. */
export const lockConversationsOf = async (
  tx: Tx,
  contacts: readonly { workspaceId: string; contactId: string }[],
): Promise<LockedConversation[]> => {
  const { rows } = await sql<LockedConversation>`
    select ${columns} from conversation v
      join (select distinct w, k from unnest(${contacts.map((c) => c.workspaceId)}::uuid[],
                                             ${contacts.map((c) => c.contactId)}::uuid[]) as u (w, k)) u
        on v.workspace_id = u.w and v.contact_id = u.k
     order by v.id for update of v`.execute(tx);
  return rows;
};

/** What new items do to a conversation, added up over a batch. */
export interface ConversationDelta {
  readonly workspaceId: string;
  readonly conversationId: string;
  readonly unread: number;
  readonly lastMessageId: string | null;
  readonly lastActivityAt: Date | null;
  readonly lastInboundAt: Date | null;
  /** When our side answered last: who waited before that waits no more. `now` is after all that is stored. */
  readonly answeredAt: Date | 'now' | null;
  /** The person waits since then, after the answer if there was one. */
  readonly waitingSince: Date | null;
  readonly reopens: boolean;
}

export const applyDeltas = async (tx: Tx, deltas: readonly ConversationDelta[]): Promise<void> => {
  if (deltas.length === 0) {
    return;
  }
  const d = [...deltas].sort((a, b) => (a.conversationId < b.conversationId ? -1 : 1));
  await sql`
    update conversation v
       set unread_count = v.unread_count + u.unread,
           last_message_id = case when u.message is not null
             and (v.last_message_id is null or u.at >= v.last_activity_at) then u.message else v.last_message_id end,
           last_activity_at = case when u.at is null then v.last_activity_at
             when v.last_message_id is null then u.at else greatest(v.last_activity_at, u.at) end,
           last_inbound_at = greatest(v.last_inbound_at, u.inbound),
           waiting_since = case
             when u.answered is null then coalesce(v.waiting_since, u.waiting)
             when v.waiting_since is null then u.waiting
             -- Told late: whoever wrote after it waits still, since the first thing that it does not answer.
             when u.answered < v.waiting_since then v.waiting_since
             else (select min(m.at) from message m where m.workspace_id = v.workspace_id and m.conversation_id = v.id
                      and m.direction = 'in' and m.at > u.answered) end,
           status = case when u.reopens then 'open' else v.status end
      from unnest(
        ${d.map((x) => x.workspaceId)}::uuid[], ${d.map((x) => x.conversationId)}::uuid[],
        ${d.map((x) => x.unread)}::int[], ${d.map((x) => x.lastMessageId)}::uuid[],
        ${d.map((x) => x.lastActivityAt)}::timestamptz[], ${d.map((x) => x.lastInboundAt)}::timestamptz[],
        ${d.map((x) => x.waitingSince)}::timestamptz[], ${d.map((x) => (x.answeredAt === 'now' ? 'infinity' : x.answeredAt))}::timestamptz[],
        ${d.map((x) => x.reopens)}::boolean[]
      ) as u (w, id, unread, message, at, inbound, waiting, answered, reopens)
     where v.workspace_id = u.w and v.id = u.id`.execute(tx);
};

export const setAssignee = async (
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  assigneeId: string | null,
): Promise<void> => {
  await sql`update conversation set assignee_id = ${assigneeId}
    where workspace_id = ${workspaceId} and id = ${conversationId}`.execute(tx);
};

export const setStatus = async (
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  status: 'open' | 'resolved',
): Promise<void> => {
  await sql`update conversation set status = ${status},
           waiting_since = case when ${status} = 'resolved' then null else waiting_since end
     where workspace_id = ${workspaceId} and id = ${conversationId}`.execute(tx);
};

/** In id order, which is the order of locks. */
export const findAssignedTo = async (
  tx: Tx,
  workspaceId: string,
  memberId: string,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select id from conversation
    where workspace_id = ${workspaceId} and assignee_id = ${memberId} order by id`.execute(tx);
  return rows.map((row) => row.id);
};

/** @returns how many were unread */
export const clearUnread = async (
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<number> => {
  const { rows } = await sql<{ unread: number }>`
    update conversation v set unread_count = 0
      from (select unread_count from conversation
             where workspace_id = ${workspaceId} and id = ${conversationId} for update) before
     where v.workspace_id = ${workspaceId} and v.id = ${conversationId}
    returning before.unread_count as unread`.execute(tx);
  return rows[0]?.unread ?? 0;
};
