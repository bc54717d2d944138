import { sql } from 'kysely';
import { assertPassed, type Passed } from '#features/gate/server/index.ts';
import type { Tx } from '#platform/server/deps.ts';
import type { MediaKind, MediaState } from '../contract.ts';

/** What came with a message: how the channel names the file, and what the sender says of it. */
export interface ExpectedMedia {
  readonly workspaceId: string;
  readonly messageId: string;
  /** Null for one that cannot be asked for. */
  readonly providerMediaId: string | null;
  readonly providerMime: string | null;
  readonly providerSha256: Buffer | null;
  readonly fileName: string | null;
  /** The channel says that it could not take it: what is larger is not handed on. */
  readonly isTooLarge: boolean;
  readonly isAnimated: boolean;
}

/** WhatsApp keeps what came with a webhook for 7 days (docs/whatsapp-cloud-api.md, 3). */
const keptDays = 7;

/**
 * The phone app greets and tells that nobody is in by itself, and WhatsApp does not say which it was. It does so at once: nobody reads, types
 * and sends within three seconds of what they answer (times are whole seconds, hence the fourth).
 */
const isByItself = sql`(o.author_kind = 'phone-app' and exists (
  select 1 from message i where i.workspace_id = o.workspace_id and i.conversation_id = o.conversation_id and i.direction = 'in'
     and i.at > o.at - interval '4 seconds' and i.at <= o.at))`;

/**
 * Nobody had answered the person who sent the message that is called `m` there. Only what a person wrote and what left is an
 * answer, here or on our phone: no template, no reaction, nothing that a program or the product says by itself.
 */
const isFromStranger = sql`not exists (
  select 1 from message o where o.workspace_id = m.workspace_id and o.contact_id = m.contact_id and o.direction = 'out'
     and o.at <= m.at and o.status in ('sent', 'delivered', 'read', 'played') and o.kind not in ('reaction', 'template')
     and o.author_kind in ('member', 'phone-app') and not ${isByItself})`;

const isCoverable = sql`m.direction = 'in' and m.kind in ('image', 'sticker', 'video', 'document')`;

/** Whoever sent `m` is flagged: whatever they send is covered. */
const isFlagged = sql`exists (select 1 from media_contact_rule k
  where k.workspace_id = m.workspace_id and k.contact_id = m.contact_id and k.rule = 'flagged')`;

/** What the workspace wants covered, as it is now and with its contact locked; `k` is what was said of the contact. */
const arrivesCovered = sql`(${isCoverable} and case
  when k.rule = 'flagged' then true
  when k.rule = 'shown' or s.covered_from = 'flagged' or not m.kind = any(coalesce(s.kinds, array[m.kind])) then false
  when s.covered_from = 'everybody' then true
  else ${isFromStranger} end)`;

export const insertExpected = async (tx: Tx, media: readonly ExpectedMedia[]): Promise<void> => {
  await sql`
    insert into message_media (workspace_id, message_id, state, reason, provider_media_id, provider_mime,
                               provider_sha256, file_name, is_animated, expires_at, is_covered)
    select w, u.id, case when media is not null then 'waiting' when large then 'too-large' else 'failed' end,
           case when media is not null then null when large then 'file-too-large' else 'no-media-id' end, media, mime, decode(sha, 'hex'), name, animated,
           clock_timestamp() + ${keptDays} * interval '1 day', ${arrivesCovered}
      from unnest(${media.map((m) => m.workspaceId)}::uuid[], ${media.map((m) => m.messageId)}::uuid[],
                  ${media.map((m) => m.providerMediaId)}::text[], ${media.map((m) => m.providerMime)}::text[],
                  ${media.map((m) => m.providerSha256?.toString('hex') ?? null)}::text[],
                  ${media.map((m) => m.fileName)}::text[], ${media.map((m) => m.isAnimated)}::boolean[],
                  ${media.map((m) => m.isTooLarge)}::boolean[]
                 ) as u (w, id, media, mime, sha, name, animated, large)
      join message m on m.workspace_id = u.w and m.id = u.id
      left join media_cover_setting s on s.workspace_id = m.workspace_id
      left join media_contact_rule k on k.workspace_id = m.workspace_id and k.contact_id = m.contact_id`.execute(
    tx,
  );
};

/** The file of a message that is to be fetched, and whose it is. */
export interface MediaPlace {
  readonly workspaceId: string;
  readonly messageId: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly channelId: string;
  readonly kind: MediaKind;
  readonly isRevoked: boolean;
  readonly state: MediaState;
  readonly requestedAt: Date;
  readonly attempts: number;
  readonly isExpired: boolean;
  readonly providerMediaId: string | null;
  readonly providerSha256: Buffer | null;
}

const selectPlace = (workspaceId: string, messageId: string) => sql`
  select m.workspace_id as "workspaceId", m.id as "messageId", m.conversation_id as "conversationId",
         m.contact_id as "contactId", m.channel_id as "channelId", m.kind, m.revoked_at is not null as "isRevoked",
         x.state, x.requested_at as "requestedAt", x.attempts,
         coalesce(x.expires_at < clock_timestamp(), false) as "isExpired",
         x.provider_media_id as "providerMediaId", x.provider_sha256 as "providerSha256"
    from message_media x
    join message m on m.workspace_id = x.workspace_id and m.id = x.message_id
   where x.workspace_id = ${workspaceId} and x.message_id = ${messageId}`;

/** Not locked: the contact must be locked first. */
export const findMediaPlace = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<MediaPlace | undefined> => {
  const { rows } = await sql<MediaPlace>`${selectPlace(workspaceId, messageId)}`.execute(tx);
  return rows[0];
};

export const lockMediaPlace = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<MediaPlace | undefined> => {
  const { rows } =
    await sql<MediaPlace>`${selectPlace(workspaceId, messageId)} for update of m, x`.execute(tx);
  return rows[0];
};

export interface MediaChange {
  readonly state: Exclude<MediaState, 'ready'>;
  readonly reason?: string | null;
  readonly addAttempt?: boolean;
  readonly nextAttemptInMs?: number;
}

export const setMediaState = async (
  tx: Tx,
  { workspaceId, messageId }: { workspaceId: string; messageId: string },
  change: MediaChange,
): Promise<void> => {
  await sql`update message_media
       set state = ${change.state}, reason = ${change.reason ?? null},
           attempts = attempts + ${change.addAttempt === true ? 1 : 0},
           next_attempt_at = clock_timestamp() + ${change.nextAttemptInMs ?? null}::float8 * interval '1 millisecond'
     where workspace_id = ${workspaceId} and message_id = ${messageId}`.execute(tx);
};

/** Asked for anew: what was before counts no more. */
export const restartMedia = async (
  tx: Tx,
  { workspaceId, messageId }: { workspaceId: string; messageId: string },
): Promise<void> => {
  await sql`update message_media
       set state = 'waiting', reason = null, attempts = 0, next_attempt_at = null, requested_at = clock_timestamp()
     where workspace_id = ${workspaceId} and message_id = ${messageId}`.execute(tx);
};

/** A stored file and what is known of it. */
export interface StoredMedia {
  readonly sha256: Buffer;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly durationSeconds: number | null;
  readonly isAnimated: boolean;
  readonly thumbnailSha256: Buffer | null;
}

/** The file of a received message is here; whoever sent it may have been flagged while it was on its way. @throws Error when the proof is not of this transaction and contact */
export const setReady = async (
  tx: Tx,
  passed: Passed<MediaPlace>,
  media: StoredMedia,
): Promise<void> => {
  const { workspaceId, messageId, contactId } = passed.item;
  assertPassed(passed, tx, contactId);
  await sql`update message_media x
       set state = 'ready', reason = null, next_attempt_at = null, sha256 = ${media.sha256},
           mime_type = ${media.mimeType}, size_bytes = ${media.sizeBytes}, width = ${media.width},
           height = ${media.height}, duration_seconds = ${media.durationSeconds},
           is_animated = x.is_animated or ${media.isAnimated}, thumbnail_sha256 = ${media.thumbnailSha256},
           is_covered = x.is_covered or (${isCoverable} and ${isFlagged})
      from message m
     where x.workspace_id = ${workspaceId} and x.message_id = ${messageId}
       and m.workspace_id = x.workspace_id and m.id = x.message_id`.execute(tx);
};

/** @returns the files that this message named */
export const deleteMedia = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<Buffer[]> => {
  const { rows } = await sql<{ sha256: Buffer | null; thumbnail: Buffer | null }>`
    delete from message_media where workspace_id = ${workspaceId} and message_id = ${messageId}
    returning sha256, thumbnail_sha256 as thumbnail`.execute(tx);
  return rows.flatMap(({ sha256, thumbnail }) => [sha256, thumbnail].filter((f) => f !== null));
};

/** The same of many messages at once; each file once. */
export const deleteMediaOf = async (
  tx: Tx,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<Buffer[]> => {
  const { rows } = await sql<{ file: Buffer }>`
    with gone as (
      delete from message_media where workspace_id = ${workspaceId} and message_id = any(${[...messageIds]}::uuid[])
      returning sha256, thumbnail_sha256)
    select sha256 as file from gone where sha256 is not null
    union
    select thumbnail_sha256 from gone where thumbnail_sha256 is not null
    order by 1`.execute(tx);
  return rows.map(({ file }) => file);
};

/** Long overdue: their job got lost. In one order for all. */
export const findStrandedMedia = async (
  tx: Tx,
): Promise<{ workspaceId: string; messageId: string }[]> => {
  const { rows } = await sql<{ workspaceId: string; messageId: string }>`
    select workspace_id as "workspaceId", message_id as "messageId" from message_media
     where state in ('waiting', 'fetching')
       and coalesce(next_attempt_at, requested_at) < clock_timestamp() - interval '1 hour'
     order by message_id limit 500`.execute(tx);
  return rows;
};
