import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { lockOrCreateConversations } from './conversation-store.ts';
import { isListed } from './listed-message-queries.ts';

/** What waits to be sent to this contact, in id order. */
export const findQueuedOf = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select m.id from message m
      join conversation v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
     where v.workspace_id = ${workspaceId} and v.contact_id = ${contactId}
       and m.direction = 'out' and m.status = 'queued' order by m.id`.execute(tx);
  return rows.map((row) => row.id);
};

interface Part {
  readonly id: string;
  readonly channelId: string;
  /** Nothing in it is the other person's, and no block began before it. */
  readonly isWhole: boolean;
}

/** The conversations in which something is of the contact that a merge used up. */
const findParts = async (
  tx: Tx,
  workspaceId: string,
  from: string,
  origin: string,
): Promise<Part[]> => {
  const { rows } = await sql<Part>`
    select v.id, v.channel_id as "channelId",
           not exists (select 1 from message o where o.workspace_id = v.workspace_id and o.conversation_id = v.id
                          and o.merged_from is distinct from ${origin}::uuid)
             and not exists (select 1 from block b where b.workspace_id = v.workspace_id and b.contact_id = v.contact_id
                                and b.lifted_at is null and b.started_at < v.created_at) as "isWhole"
      from conversation v
     where v.workspace_id = ${workspaceId} and v.contact_id = ${from}
       and exists (select 1 from message m where m.workspace_id = v.workspace_id and m.conversation_id = v.id
                      and m.merged_from = ${origin})
     order by v.id`.execute(tx);
  return rows;
};

const moveMessages = async (
  tx: Tx,
  place: { workspaceId: string; mine: string; theirs: string; to: string; origin: string },
): Promise<string[]> => {
  const { workspaceId, mine, theirs, to, origin } = place;
  const { rows } = await sql<{ id: string }>`
    update message set contact_id = ${to}, conversation_id = ${theirs}, merged_from = null
     where workspace_id = ${workspaceId} and conversation_id = ${mine} and merged_from = ${origin}
    returning id`.execute(tx);
  const ids = rows.map((row) => row.id);
  await sql`update message_reaction set contact_id = ${to}
    where workspace_id = ${workspaceId} and message_id = any(${ids}::uuid[])`.execute(tx);
  return ids;
};

export interface Moved {
  readonly messageIds: readonly string[];
  /** Every conversation that gave or received something. */
  readonly conversationIds: readonly string[];
}

/**
 * Gives back what was of `origin` before a merge, both contacts and their conversations locked. The second wall lets the
 * rows pass as it does for a merge: they are older than any open block of either side.
 */
export const giveBackMessages = async (
  tx: Tx,
  workspaceId: string,
  { from, to, origin }: { from: string; to: string; origin: string },
): Promise<Moved> => {
  const parts = await findParts(tx, workspaceId, from, origin);
  const divided = parts.filter((part) => !part.isWhole);
  const made = await lockOrCreateConversations(
    tx,
    divided.map(({ channelId }) => ({ workspaceId, channelId, contactId: to })),
  );
  await sql`select set_config('guarita.gate_exception', 'merge', true)`.execute(tx);
  await sql`set constraints message_of_conversation deferred`.execute(tx);
  const messageIds: string[] = [];
  const touched = new Set<string>();
  for (const { id: mine, channelId, isWhole } of parts) {
    const theirs = isWhole ? mine : (made.get(`${to}/${channelId}`)?.id ?? mine);
    if (isWhole) {
      await sql`update conversation set contact_id = ${to}
        where workspace_id = ${workspaceId} and id = ${mine}`.execute(tx);
    } else {
      await likeTheOther(tx, workspaceId, mine, theirs);
    }
    messageIds.push(...(await moveMessages(tx, { workspaceId, mine, theirs, to, origin })));
    touched.add(mine).add(theirs);
  }
  await sql`set constraints message_of_conversation immediate`.execute(tx);
  await sql`select set_config('guarita.gate_exception', '', true)`.execute(tx);
  const conversationIds = [...touched].sort();
  await sumUp(tx, workspaceId, conversationIds);
  return { messageIds, conversationIds };
};

/** Whoever was at the work of both goes on with both. */
const likeTheOther = async (
  tx: Tx,
  workspaceId: string,
  mine: string,
  theirs: string,
): Promise<void> => {
  await sql`update conversation t
       set status = f.status, assignee_id = f.assignee_id, unread_count = f.unread_count, waiting_since = f.waiting_since
      from conversation f
     where f.workspace_id = ${workspaceId} and f.id = ${mine} and t.workspace_id = f.workspace_id and t.id = ${theirs}`.execute(
    tx,
  );
};

/**
 * What a conversation tells of its messages, by those that are in it now. Unread is at most what came after our last
 * answer; nobody waits where we wrote last.
 */
const sumUp = async (
  tx: Tx,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<void> => {
  await sql`
    with told as (
      select v.id, l.id as last_id, l.at as last_at, i.at as inbound_at, w.n as unanswered, w.since
        from conversation v
        left join lateral (select m.id, m.at from message m
           where m.workspace_id = v.workspace_id and m.conversation_id = v.id and ${isListed}
           order by m.at desc, m.id desc limit 1) l on true
        left join lateral (select coalesce(m.provider_at, m.at) as at from message m
           where m.workspace_id = v.workspace_id and m.conversation_id = v.id and m.direction = 'in'
           order by m.at desc, m.id desc limit 1) i on true
        left join lateral (select count(*)::int as n, min(m.at) as since from message m
           where m.workspace_id = v.workspace_id and m.conversation_id = v.id and m.direction = 'in'
             and m.at > coalesce((select max(o.at) from message o where o.workspace_id = v.workspace_id
               and o.conversation_id = v.id and o.direction = 'out' and o.status <> 'failed'), '-infinity')) w on true
       where v.workspace_id = ${workspaceId} and v.id = any(${[...conversationIds]}::uuid[])
    )
    update conversation v
       set last_message_id = told.last_id, last_activity_at = coalesce(told.last_at, v.last_activity_at),
           last_inbound_at = told.inbound_at,
           unread_count = least(v.unread_count, told.unanswered),
           waiting_since = case when v.status = 'resolved' or v.waiting_since is null then null else told.since end
      from told where v.workspace_id = ${workspaceId} and v.id = told.id`.execute(tx);
};
