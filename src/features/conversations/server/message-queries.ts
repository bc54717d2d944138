import { type RawBuilder, sql } from 'kysely';
import type { Media } from '#features/media/contract.ts';
import {
  mediaOfMessage,
  repeatReason,
  shownTo,
  type Viewer,
} from '#features/media/server/index.ts';
import { shownTemplate } from '#features/templates/server/index.ts';
import { type Page, positionOf, rowsToRead, toPage } from '#platform/server/cursor.ts';
import type { Actor, Db } from '#platform/server/deps.ts';
import type {
  Channel,
  MediaShelf,
  Message,
  MessageKind,
  MessageStatus,
  Withheld,
} from '../contract.ts';
import { contentOf, linkCardOf, referralOf } from './content-of.ts';
import { previewOf, previewRead } from './preview-text.ts';
import { summaryOf, variantOf } from './summary.ts';

interface MessageRow {
  id: string;
  conversationId: string;
  direction: 'in' | 'out' | 'internal';
  kind: MessageKind;
  text: string | null;
  payload: Record<string, unknown>;
  status: MessageStatus;
  errorCode: string | null;
  at: Date;
  authorKind: 'member' | 'api-key' | 'system' | 'phone-app' | null;
  authorName: string | null;
  toName: string | null;
  forwardedFrom: string | null;
  replyToExternalId: string | null;
  quotedId: string | null;
  quotedDirection: 'in' | 'out' | 'internal' | null;
  quotedKind: MessageKind | null;
  quotedText: string | null;
  /** Of one that is not its text alone. */
  quotedPayload: Record<string, unknown> | null;
  quotedFileName: string | null;
  quotedWithheld: Withheld;
  editedAt: Date | null;
  revokedAt: Date | null;
  reactions: { direction: 'in' | 'out'; emoji: string }[] | null;
  media: Media | null;
  withheld: Withheld;
  removalNumber: number | null;
  repeatReason: string | null;
}

/** What a cover hides, as if there were none; a quotation of something covered says nothing here either. */
const underCovers = sql`(select u.*, null::text as withheld, false as is_media_covered, false as is_media_withheld from message u)`;

const selectMessages = (
  where: RawBuilder<unknown>,
  limit: number | null,
  viewer: Viewer,
  from: RawBuilder<unknown> = shownTo(viewer),
): RawBuilder<MessageRow> => sql<MessageRow>`
  select m.id, m.conversation_id as "conversationId", m.direction, m.kind, m.text, m.payload, m.status,
         m.error_code as "errorCode", m.at, m.author_kind as "authorKind",
         coalesce(am.name, ak.name) as "authorName", tm.name as "toName", m.forwarded_from as "forwardedFrom",
         m.reply_to_external_id as "replyToExternalId",
         q.id as "quotedId", q.direction as "quotedDirection", q.kind as "quotedKind",
         case when not q.is_media_covered then left(q.text, ${sql.lit(previewRead)}) end as "quotedText", q.withheld as "quotedWithheld",
         case when q.kind <> 'text' and q.revoked_at is null and not q.is_media_covered then q.payload end as "quotedPayload",
         case when q.kind = 'document' and q.withheld is null and not q.is_media_covered then (select x.file_name from message_media x
           where x.workspace_id = q.workspace_id and x.message_id = q.id) end as "quotedFileName", m.edited_at as "editedAt", m.revoked_at as "revokedAt",
         (select jsonb_agg(jsonb_build_object('direction', r.direction, 'emoji', r.emoji))
            from message_reaction r where r.workspace_id = m.workspace_id and r.message_id = m.id
              and r.emoji is not null and m.withheld is null) as reactions,
         ${mediaOfMessage} as media, m.withheld, m.removal_number as "removalNumber", ${repeatReason} as "repeatReason"
    from (select * from ${from} m where ${where} order by m.at desc, m.id desc limit ${sql.lit(limit)}) m
    left join member am on m.author_kind = 'member' and am.workspace_id = m.workspace_id and am.id = m.author_id
    left join api_key ak on m.author_kind = 'api-key' and ak.workspace_id = m.workspace_id and ak.id = m.author_id
    left join member tm on m.kind = 'activity' and tm.workspace_id = m.workspace_id
              and tm.id::text = m.payload ->> 'toMemberId'
    left join ${shownTo(viewer)} q on q.workspace_id = m.workspace_id and q.id = m.reply_to_id
   order by m.at desc, m.id desc`;

const activityEvents = [
  'assigned',
  'returned-to-queue',
  'resolved',
  'reopened',
  'number-changed',
  'block-ended',
] as const;

const activityOf = (row: MessageRow): Message['activity'] => {
  const event = activityEvents.find((known) => known === row.payload['event']);
  return row.kind !== 'activity' || event === undefined
    ? null
    : { event, byName: row.authorName, toName: row.toName };
};

const quotedInShort = ({ quotedKind: kind, quotedPayload, quotedFileName }: MessageRow) => {
  const payload = quotedPayload ?? {};
  return kind === null || quotedPayload === null
    ? { summary: null, variant: null }
    : { summary: summaryOf(kind, payload) ?? quotedFileName, variant: variantOf(kind, payload) };
};

const quotedOf = (row: MessageRow): Message['replyTo'] =>
  row.quotedId === null && row.replyToExternalId === null
    ? null
    : {
        id: row.quotedId,
        direction: row.quotedDirection,
        type: row.quotedKind,
        text: previewOf(row.quotedText),
        ...quotedInShort(row),
        withheld: row.quotedWithheld,
      };

/** Of what was taken back nothing is shown, whatever may be left of it. */
const partsOf = ({
  kind,
  payload,
  revokedAt,
}: MessageRow): Pick<Message, 'content' | 'referral' | 'linkCard' | 'template'> => {
  if (revokedAt !== null) {
    return { content: null, referral: null, linkCard: null, template: null };
  }
  const template = kind === 'template' ? shownTemplate(payload) : null;
  return {
    template,
    content: template === null ? contentOf(kind, payload) : null,
    referral: referralOf(payload),
    linkCard: linkCardOf(payload),
  };
};

const toMessage = (row: MessageRow): Message => ({
  id: row.id,
  conversationId: row.conversationId,
  direction: row.direction,
  type: row.kind,
  text: row.text,
  status: row.status,
  ...(row.errorCode === null ? {} : { error: { code: row.errorCode } }),
  at: row.at.toISOString(),
  author: row.authorKind === null ? null : { kind: row.authorKind, name: row.authorName },
  replyTo: quotedOf(row),
  isForwarded: row.forwardedFrom !== null || row.payload['isForwarded'] === true,
  isFrequentlyForwarded: row.payload['isFrequentlyForwarded'] === true,
  forwardedFrom: row.forwardedFrom,
  editedAt: row.editedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
  reactions: row.reactions ?? [],
  activity: activityOf(row),
  summary:
    summaryOf(row.kind, row.payload) ??
    (row.kind === 'document' ? (row.media?.fileName ?? null) : null),
  media: row.media,
  withheld: row.withheld,
  removalNumber: row.removalNumber,
  ...(row.repeatReason === null ? {} : { repeatReason: row.repeatReason }),
  ...partsOf(row),
});

interface PageAsked {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of a conversation, newest first: the cursor goes back in time. @param which further limits what is in it */
const pageOfConversation = async (
  db: Db,
  viewer: Actor,
  conversationId: string,
  which: RawBuilder<unknown>,
  page: PageAsked,
): Promise<Page<Message>> => {
  const { at, id } = positionOf(page.cursor);
  const where = sql`m.workspace_id = ${viewer.workspaceId} and m.conversation_id = ${conversationId} and ${which}
    and (m.at, m.id) < (${at}::timestamptz, ${id}::uuid)`;
  const { rows } = await selectMessages(where, rowsToRead(page.limit), viewer).execute(db);
  return toPage(rows, page.limit, (row) => ({ at: row.at, id: row.id }), toMessage);
};

// Those that left are seen at their messages.
const isInThread = sql`(m.kind <> 'reaction' or m.status in ('failed', 'unknown'))`;

/** The history of a conversation, newest first. */
export const listMessages = (
  db: Db,
  viewer: Actor,
  conversationId: string,
  page: PageAsked,
): Promise<Page<Message>> => pageOfConversation(db, viewer, conversationId, isInThread, page);

const shelfKinds: Record<MediaShelf, RawBuilder<unknown>> = {
  visual: sql`'image', 'video'`,
  document: sql`'document'`,
};

/**
 * What came and went with a file to look at or to save, newest first; templates by the file of their header. What is withheld
 * keeps its place as a placeholder, as in the thread; what was taken back, or never left, is not in it.
 * @param shelf without one, all
 */
export const listMediaMessages = (
  db: Db,
  viewer: Actor,
  conversationId: string,
  { shelf, ...page }: PageAsked & { readonly shelf?: MediaShelf | undefined },
): Promise<Page<Message>> => {
  const kinds = shelf
    ? shelfKinds[shelf]
    : sql.join([shelfKinds.visual, shelfKinds.document], sql`, `);
  // The first condition says nothing new; by its words the planner knows the index `message_on_shelf`.
  const isOnShelf = sql`m.kind in ('image', 'video', 'document', 'template')
    and m.revoked_at is null and not (m.direction = 'out' and m.status = 'failed')
    and (m.kind in (${kinds}) or (m.kind = 'template' and m.payload #>> '{template,header,kind}' in (${kinds})))`;
  return pageOfConversation(db, viewer, conversationId, isOnShelf, page);
};

/** @param viewer whose reading it is; without one, what all may see at once */
export const findMessages = async (
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  viewer: Viewer = 'everybody',
): Promise<Message[]> => {
  if (ids.length === 0) {
    return [];
  }
  const where = sql`m.workspace_id = ${workspaceId} and m.id = any(${[...ids]}::uuid[])`;
  const { rows } = await selectMessages(where, null, viewer).execute(db);
  return rows.map(toMessage);
};

/** The content of messages whether they are covered or not: for reviewers who look under the cover on purpose, and nobody else. */
export const readCovered = async (
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<Message[]> => {
  if (ids.length === 0) {
    return [];
  }
  const where = sql`m.workspace_id = ${workspaceId} and m.id = any(${[...ids]}::uuid[]) and m.removed_at is null`;
  const { rows } = await selectMessages(where, null, 'everybody', underCovers).execute(db);
  return rows.map(toMessage);
};

/** As `findMessages`; of a reaction of ours also the message that it is on. */
export const findChangedMessages = async (
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  viewer: Viewer,
): Promise<Message[]> => {
  const changed = await findMessages(db, workspaceId, ids, viewer);
  // While it waits nothing has changed there: the screen that sent it shows it already.
  const targets = changed.flatMap(({ type, status, replyTo }) =>
    type === 'reaction' && status !== 'queued' && status !== 'sending' && replyTo?.id
      ? [replyTo.id]
      : [],
  );
  const more = await findMessages(
    db,
    workspaceId,
    targets.filter((id) => !ids.includes(id)),
    viewer,
  );
  return [...changed, ...more];
};

/** Whether the workspace has this conversation. */
export const hasConversation = async (
  db: Db,
  workspaceId: string,
  conversationId: string,
): Promise<boolean> => {
  const { rows } = await sql`select 1 from conversation
    where workspace_id = ${workspaceId} and id = ${conversationId}`.execute(db);
  return rows.length > 0;
};

export const listChannels = async (db: Db, workspaceId: string): Promise<Channel[]> => {
  const { rows } = await sql<Channel>`
    select id, kind, name, display_number as "displayNumber", disconnected_at is null as "isConnected"
      from channel where workspace_id = ${workspaceId} order by created_at, id`.execute(db);
  return rows;
};
