import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { moveEarly } from './actions/early-action-store.ts';
import type { Original } from './message-store.ts';

/**
 * Moves every conversation of `from` to `to`; two on one channel become one. The second wall lets the rows pass because
 * they are older than any open block of either side, and for this statement's transaction only.
 * @returns the conversations that received something
 */
export const moveConversations = async (
  tx: Tx,
  workspaceId: string,
  from: string,
  to: string,
): Promise<string[]> => {
  const { rows: pairs } = await sql<{ mine: string; theirs: string | null }>`
    select f.id as mine, t.id as theirs
      from conversation f
      left join conversation t on t.workspace_id = f.workspace_id and t.contact_id = ${to}
           and t.channel_id = f.channel_id
     where f.workspace_id = ${workspaceId} and f.contact_id = ${from} order by f.id`.execute(tx);
  await sql`select set_config('guarita.gate_exception', 'merge', true)`.execute(tx);
  await sql`set constraints message_of_conversation deferred`.execute(tx);
  for (const { mine, theirs } of pairs) {
    await sql`update message set contact_id = ${to}, conversation_id = ${theirs ?? mine},
        merged_from = coalesce(merged_from, ${from}::uuid)
      where workspace_id = ${workspaceId} and conversation_id = ${mine}`.execute(tx);
    await sql`update message_reaction set contact_id = ${to}
      where workspace_id = ${workspaceId} and contact_id = ${from}`.execute(tx);
    await (theirs === null
      ? sql`update conversation set contact_id = ${to} where workspace_id = ${workspaceId} and id = ${mine}`
      : joinConversations(workspaceId, mine, theirs)
    ).execute(tx);
    if (theirs !== null) {
      await sql`delete from conversation where workspace_id = ${workspaceId} and id = ${mine}`.execute(
        tx,
      );
    }
  }
  await moveEarly(tx, workspaceId, from, to);
  await sql`set constraints message_of_conversation immediate`.execute(tx);
  await sql`select set_config('guarita.gate_exception', '', true)`.execute(tx);
  return pairs.map(({ mine, theirs }) => theirs ?? mine);
};

type AwaitedOriginal = Original & { readonly contactId: string };

/**
 * The messages of a contact that an action kept for it may be about, where anything is kept: those of the days for which it is
 * (decision 0051).
 */
export const findAwaitedOriginals = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<AwaitedOriginal[]> => {
  const { rows } = await sql<AwaitedOriginal>`
    select m.id, m.conversation_id as "conversationId", m.workspace_id as "workspaceId", m.channel_id as "channelId", m.contact_id as "contactId",
           m.external_id as "externalId"
      from conversation v
      join message m on m.workspace_id = v.workspace_id and m.conversation_id = v.id
     where v.workspace_id = ${workspaceId} and v.contact_id = ${contactId} and m.external_id is not null
       and m.at > clock_timestamp() - interval '8 days'
       and exists (select 1 from early_action e where e.workspace_id = v.workspace_id and e.contact_id = v.contact_id)`.execute(
    tx,
  );
  return rows;
};

/** What waits to be sent goes on waiting under the epoch of the contact that remains; what was stale stays stale. */
export const restampQueued = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  epochs: { from: number; to: number },
): Promise<void> => {
  await sql`update message m set accepted_epoch = case when m.accepted_epoch = ${epochs.from} then ${epochs.to}::int else -1 end
      from conversation v
     where v.workspace_id = ${workspaceId} and v.contact_id = ${contactId}
       and m.workspace_id = v.workspace_id and m.conversation_id = v.id
       and m.direction = 'out' and m.status in ('queued', 'sending')`.execute(tx);
};

const joinConversations = (workspaceId: string, from: string, to: string) => sql`
  update conversation t
     set unread_count = t.unread_count + f.unread_count,
         last_message_id = case when f.last_activity_at > t.last_activity_at and f.last_message_id is not null
                                then f.last_message_id else t.last_message_id end,
         last_activity_at = greatest(t.last_activity_at, f.last_activity_at),
         last_inbound_at = greatest(t.last_inbound_at, f.last_inbound_at),
         waiting_since = least(t.waiting_since, f.waiting_since),
         assignee_id = coalesce(t.assignee_id, f.assignee_id),
         status = case when 'open' in (t.status, f.status) then 'open' else 'resolved' end
    from conversation f
   where t.workspace_id = ${workspaceId} and t.id = ${to}
     and f.workspace_id = t.workspace_id and f.id = ${from}`;
