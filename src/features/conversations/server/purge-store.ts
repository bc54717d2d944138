import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { forgetEarlyFor } from './actions/early-action-store.ts';
import { isListed } from './listed-message-queries.ts';

/** A message that is about to go, locked. */
export interface PurgedMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly channelId: string;
  readonly externalId: string | null;
}

/**
 * Conversations first, then messages, both in id order. What is on its way to WhatsApp is not among them, nor what is
 * covered: until its removal is decided it is evidence.
 */
export const lockPurgeable = async (
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<PurgedMessage[]> => {
  const wanted = sql`m.workspace_id = ${workspaceId} and m.id = any(${[...ids]}::uuid[])`;
  await sql`select 1 from conversation v
     where v.workspace_id = ${workspaceId}
       and v.id in (select m.conversation_id from message m where ${wanted})
     order by v.id for update`.execute(tx);
  const { rows } = await sql<PurgedMessage>`
    select m.id, m.conversation_id as "conversationId", m.channel_id as "channelId", m.external_id as "externalId"
      from message m where ${wanted} and m.status not in ('queued', 'sending')
       and not m.is_covered
     order by m.id for update`.execute(tx);
  return rows;
};

export const rememberPurged = async (
  tx: Tx,
  workspaceId: string,
  hashes: readonly string[],
): Promise<void> => {
  await sql`insert into purged_item (workspace_id, item_hash)
    select ${workspaceId}::uuid, decode(h, 'hex') from unnest(${[...hashes].sort()}::text[]) as h
    on conflict do nothing`.execute(tx);
  await forgetEarlyFor(
    tx,
    hashes.map((hash) => ({ workspaceId, hash })),
  );
};

/** What was removed in another life of this database, at that time. */
export const rememberRemoved = async (
  tx: Tx,
  workspaceId: string,
  removed: readonly { readonly hash: Buffer; readonly at: Date }[],
): Promise<void> => {
  await sql`insert into purged_item (workspace_id, item_hash, purged_at)
    select distinct on (u.hash) ${workspaceId}::uuid, u.hash, u.at
      from unnest(${removed.map(({ hash }) => hash)}::bytea[], ${removed.map(({ at }) => at)}::timestamptz[]) as u (hash, at)
     order by u.hash, u.at desc
    on conflict do nothing`.execute(tx);
  await forgetEarlyFor(
    tx,
    removed.map(({ hash }) => ({ workspaceId, hash: hash.toString('hex') })),
  );
};

/** The rows themselves; reactions go with them. What requests were answered is forgotten too. */
export const deleteMessages = async (
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<void> => {
  await sql`delete from idempotency_key
    where workspace_id = ${workspaceId} and message_id = any(${[...ids]}::uuid[])`.execute(tx);
  await sql`delete from message
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(tx);
};

/** What the lists show of conversations that have lost messages; their place in the list stays. */
export const settlePreviews = async (
  tx: Tx,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<void> => {
  await sql`
    update conversation v
       set last_message_id = rest.newest,
           unread_count = least(v.unread_count, rest.inbound),
           waiting_since = case when rest.inbound = 0 then null else v.waiting_since end
      from (select c.id,
                   coalesce(
                     (select m.id from message m where m.workspace_id = c.workspace_id and m.id = c.last_message_id),
                     (select m.id from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id
                        and ${isListed} order by m.at desc, m.id desc limit 1)) as newest,
                   (select count(*)::int from (
                      select 1 from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id
                         and m.direction = 'in' order by m.at desc limit greatest(c.unread_count, 1)) few) as inbound
              from conversation c
             where c.workspace_id = ${workspaceId} and c.id = any(${[...conversationIds]}::uuid[])) rest
     where v.workspace_id = ${workspaceId} and v.id = rest.id`.execute(tx);
};

/** Longer than any import of history reaches back (180 days). */
export const forgetPurged = async (tx: Tx): Promise<void> => {
  await sql`delete from purged_item where purged_at < clock_timestamp() - interval '400 days'`.execute(
    tx,
  );
};

export const setRetention = async (
  tx: Tx,
  workspaceId: string,
  days: number | null,
): Promise<void> => {
  await sql`insert into retention (workspace_id, days) values (${workspaceId}, ${days})
    on conflict (workspace_id) do update set days = excluded.days, changed_at = clock_timestamp()`.execute(
    tx,
  );
};

/** Of all workspaces that keep nothing for ever. */
export const findRetentions = async (tx: Tx): Promise<{ workspaceId: string; days: number }[]> => {
  const { rows } = await sql<{ workspaceId: string; days: number }>`
    select workspace_id as "workspaceId", days from retention where days is not null order by 1`.execute(
    tx,
  );
  return rows;
};

/** Some messages that are older than so many days, from this conversation on: each is looked at by its own thread's index. */
export const findOldMessages = async (
  tx: Tx,
  workspaceId: string,
  days: number,
  from: string | null,
  limit: number,
): Promise<{ id: string; conversationId: string }[]> => {
  const { rows } = await sql<{ id: string; conversationId: string }>`
    select old.id, v.id as "conversationId"
      from conversation v
      cross join lateral (
        select m.id from message m
         where m.workspace_id = v.workspace_id and m.conversation_id = v.id
           and m.at < clock_timestamp() - ${days} * interval '1 day' and m.status not in ('queued', 'sending')
           and not m.is_covered
         order by m.at, m.id limit ${limit}) old
     where v.workspace_id = ${workspaceId} and (${from}::uuid is null or v.id >= ${from}::uuid)
     order by v.id limit ${limit}`.execute(tx);
  return rows;
};
