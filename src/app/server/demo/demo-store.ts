import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';

/** SQL for the past of a demonstration: what has no door, because in the product it only ever happens now. */

/** One set-up at a time, with the set-up page too: the same lock as the accounts take. */
export const lockSetup = async (tx: Tx): Promise<void> => {
  // Processes that start together wait for the one that fills a demonstration, however long that takes.
  await sql`select set_config('lock_timeout', '0', true)`.execute(tx);
  await sql`select pg_advisory_xact_lock(hashtextextended('guarita-setup', 0))`.execute(tx);
};

export const insertWorkspace = async (tx: Tx, id: string, name: string): Promise<void> => {
  await sql`insert into workspace (id, name) values (${id}, ${name})`.execute(tx);
};

/** Where a contact's messages go. */
export interface DemoPlace {
  readonly phone: string;
  readonly contactId: string;
  readonly conversationId: string;
  readonly channelId: string;
}

export const findPlaces = async (tx: Tx, workspaceId: string): Promise<DemoPlace[]> => {
  const { rows } = await sql<DemoPlace>`
    select i.value as phone, v.contact_id as "contactId", v.id as "conversationId",
           v.channel_id as "channelId"
      from conversation v
      join contact_identity i on i.workspace_id = v.workspace_id and i.contact_id = v.contact_id
     where v.workspace_id = ${workspaceId} and i.kind = 'phone'`.execute(tx);
  return rows;
};

/** An answer of ours, or a line of what the team did. */
export interface OwnRow extends DemoPlace {
  readonly id: string;
  readonly direction: 'out' | 'internal';
  readonly text: string | null;
  readonly payload: Readonly<Record<string, string | null>>;
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  readonly errorCode: string | null;
  readonly externalId: string | null;
  readonly authorId: string;
  readonly replyToExternalId: string | null;
  readonly forwardedFrom: string | null;
  readonly at: Date;
}

export const insertOwnRows = async (
  tx: Tx,
  workspaceId: string,
  rows: readonly OwnRow[],
): Promise<void> => {
  await sql`
    insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, payload,
                         status, error_code, external_id, author_kind, author_id, reply_to_external_id,
                         forwarded_from, accepted_epoch, attempts, at, provider_at)
    select ${workspaceId}, u.id, u.conv, u.contact, u.ch, u.direction,
           case u.direction when 'out' then 'text' else 'activity' end, u.text, u.payload, u.status, u.error,
           u.ext, 'member', u.author, u.reply, u.forwarded,
           case u.direction when 'out' then 0 end, case u.direction when 'out' then 1 else 0 end, u.at,
           case when u.ext is not null then u.at end
      from unnest(
        ${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.conversationId)}::uuid[],
        ${rows.map((r) => r.contactId)}::uuid[], ${rows.map((r) => r.channelId)}::uuid[],
        ${rows.map((r) => r.direction)}::text[], ${rows.map((r) => r.text)}::text[],
        ${rows.map((r) => JSON.stringify(r.payload))}::jsonb[], ${rows.map((r) => r.status)}::text[],
        ${rows.map((r) => r.errorCode)}::text[], ${rows.map((r) => r.externalId)}::text[],
        ${rows.map((r) => r.authorId)}::uuid[], ${rows.map((r) => r.replyToExternalId)}::text[],
        ${rows.map((r) => r.forwardedFrom)}::uuid[], ${rows.map((r) => r.at)}::timestamptz[]
      ) as u (id, conv, contact, ch, direction, text, payload, status, error, ext, author, reply, forwarded, at)`.execute(
    tx,
  );
};

/** The quoted message of each reply: it may have been stored after the reply was. */
export const linkReplies = async (tx: Tx, workspaceId: string): Promise<void> => {
  await sql`
    update message m set reply_to_id = q.id
      from message q
     where m.workspace_id = ${workspaceId} and m.reply_to_id is null and m.reply_to_external_id is not null
       and q.workspace_id = m.workspace_id and q.conversation_id = m.conversation_id
       and q.external_id = m.reply_to_external_id`.execute(tx);
};

export interface DemoStanding {
  readonly conversationId: string;
  readonly assigneeId: string | null;
  readonly status: 'open' | 'resolved';
  readonly unread: number;
  readonly givenName: string | null;
}

/** Each conversation as its history, stored out of order, has left it. */
export const settleConversations = async (
  tx: Tx,
  workspaceId: string,
  standings: readonly DemoStanding[],
): Promise<void> => {
  await sql`
    with told as (
      select conversation_id, min(at) as began, max(at) filter (where direction = 'out') as answered,
             max(provider_at) filter (where direction = 'in') as heard
        from message
       where workspace_id = ${workspaceId} and direction in ('in', 'out')
       group by conversation_id
    )
    update conversation v
       set status = u.status, assignee_id = u.assignee, unread_count = u.unread,
           last_message_id = last.id, last_activity_at = last.at, last_inbound_at = t.heard,
           waiting_since = case when u.status = 'open' then (
             select min(w.at) from message w
              where w.workspace_id = v.workspace_id and w.conversation_id = v.id and w.direction = 'in'
                and w.at > coalesce(t.answered, '-infinity')) end,
           created_at = t.began
      from unnest(${standings.map((s) => s.conversationId)}::uuid[],
                  ${standings.map((s) => s.assigneeId)}::uuid[], ${standings.map((s) => s.status)}::text[],
                  ${standings.map((s) => s.unread)}::int[]) as u (id, assignee, status, unread)
      join told t on t.conversation_id = u.id
      cross join lateral (
        select m.id, m.at from message m
         where m.workspace_id = ${workspaceId} and m.conversation_id = u.id and m.direction in ('in', 'out')
         order by m.at desc, m.id desc limit 1) last
     where v.workspace_id = ${workspaceId} and v.id = u.id`.execute(tx);
  await sql`
    update contact c set given_name = u.name, created_at = v.created_at
      from unnest(${standings.map((s) => s.conversationId)}::uuid[],
                  ${standings.map((s) => s.givenName)}::text[]) as u (id, name)
      join conversation v on v.workspace_id = ${workspaceId} and v.id = u.id
     where c.workspace_id = v.workspace_id and c.id = v.contact_id`.execute(tx);
};

/** The lines of what was just done with a contact stand where it was done. */
export const placeActivity = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  at: Date,
): Promise<void> => {
  await sql`
    update message set at = ${at}
     where workspace_id = ${workspaceId} and contact_id = ${contactId} and kind = 'activity'
       and at > clock_timestamp() - interval '1 hour'`.execute(tx);
};
