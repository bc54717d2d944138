import { type RawBuilder, sql } from 'kysely';
import {
  blockIsActive,
  displayName,
  matchesSearch,
  type NameRow,
  nameColumns,
} from '#features/contacts/server/index.ts';
import { contactsAskedAbout, isBlockRequested } from '#features/gate/server/index.ts';
import { shownTo, type Viewer } from '#features/media/server/index.ts';
import { type Page, positionOf, rowsToRead, toPage } from '#platform/server/cursor.ts';
import type { Actor, Db } from '#platform/server/deps.ts';
import type {
  Conversation,
  ConversationView,
  MessageKind,
  MessageStatus,
  Withheld,
} from '../contract.ts';
import { previewOf, previewRead } from './preview-text.ts';
import { summaryOf, variantOf } from './summary.ts';

interface ConversationRow extends NameRow {
  id: string;
  contactId: string;
  isBlocked: boolean;
  isBlockRequested: boolean;
  channelId: string;
  channelName: string;
  displayNumber: string;
  status: 'open' | 'resolved';
  assigneeId: string | null;
  assigneeName: string | null;
  unreadCount: number;
  lastActivityAt: Date;
  waitingSince: Date | null;
  windowClosesAt: Date | null;
  messageId: string | null;
  messageDirection: 'in' | 'out' | 'internal' | null;
  messageKind: MessageKind | null;
  messageText: string | null;
  messageStatus: MessageStatus | null;
  messageAt: Date | null;
  /** Of a message that is not its text alone. */
  messagePayload: Record<string, unknown> | null;
  messageFileName: string | null;
  isMessageRevoked: boolean | null;
  messageWithheld: Withheld;
  isMessageMediaCovered: boolean | null;
  reaction: ReactionRow | null;
}

/** As it comes out of JSON. */
interface ReactionRow {
  readonly direction: 'in' | 'out';
  readonly emoji: string;
  readonly at: string;
  readonly id: string;
  readonly toDirection: 'in' | 'out';
  readonly kind: MessageKind;
  readonly text: string | null;
  readonly toAt: string;
  readonly payload: Record<string, unknown>;
  readonly fileName: string | null;
  readonly isRevoked: boolean;
}

/**
 * What came after the last message, or on it: WhatsApp tells whole seconds. Read instead of kept with the conversation, so that a
 * reaction that is taken back, or goes with its message, is gone here too. One to covered media is told to nobody for whom it is.
 */
const lastReaction = (viewer: Viewer) => sql<ReactionRow | null>`(
  select jsonb_build_object('direction', r.direction, 'emoji', r.emoji, 'at', r.at, 'id', t.id, 'toDirection', t.direction,
           'kind', t.kind, 'text', left(t.text, ${sql.lit(previewRead)}), 'toAt', t.at, 'payload', t.payload,
           'isRevoked', t.revoked_at is not null, 'fileName', case when t.kind = 'document' then (
             select x.file_name from message_media x
              where x.workspace_id = t.workspace_id and x.message_id = t.id) end)
    from message_reaction r
    join ${shownTo(viewer)} t on t.workspace_id = r.workspace_id and t.id = r.message_id
   where r.workspace_id = v.workspace_id and r.contact_id = v.contact_id and t.conversation_id = v.id and r.emoji is not null
     and r.at >= date_trunc('second', m.at) and (r.at > m.at or t.id = m.id) and t.withheld is null
     and not t.is_media_covered
   order by r.at desc limit 1)`;

/** By the clock, as everywhere: a block may have ended without anybody writing it down (G9). */
const isBlocked = sql<boolean>`exists (
  select 1 from block b where b.workspace_id = v.workspace_id and b.contact_id = v.contact_id
     and ${blockIsActive} offset 0)`;

interface Selection {
  readonly where: RawBuilder<unknown>;
  readonly limit: number | null;
  readonly viewer: Viewer;
  /** What the condition says of the contact's block already, so that it is not asked for once more a row. */
  readonly isBlocked?: RawBuilder<boolean>;
}

const selectConversations = (of: Selection): RawBuilder<ConversationRow> => sql<ConversationRow>`
  select v.id, v.contact_id as "contactId", ${nameColumns},
         ${of.isBlocked ?? isBlocked} as "isBlocked", ${isBlockRequested('v')} as "isBlockRequested",
         ch.id as "channelId", ch.name as "channelName", ch.display_number as "displayNumber",
         v.status, v.assignee_id as "assigneeId", a.name as "assigneeName",
         v.unread_count as "unreadCount", v.last_activity_at as "lastActivityAt", v.waiting_since as "waitingSince",
         case when v.last_inbound_at > clock_timestamp() - interval '24 hours'
              then v.last_inbound_at + interval '24 hours' end as "windowClosesAt",
         m.id as "messageId", m.direction as "messageDirection", m.kind as "messageKind",
         case when not m.is_media_covered then left(m.text, ${sql.lit(previewRead)}) end as "messageText", m.status as "messageStatus", m.at as "messageAt",
         case when m.kind <> 'text' and not m.is_media_covered then m.payload end as "messagePayload", m.revoked_at is not null as "isMessageRevoked",
         m.withheld as "messageWithheld", m.is_media_covered as "isMessageMediaCovered",
         case when m.kind = 'document' and m.withheld is null and not m.is_media_covered then (select x.file_name from message_media x
           where x.workspace_id = m.workspace_id and x.message_id = m.id) end as "messageFileName",
         ${lastReaction(of.viewer)} as reaction
    from (select v.* from conversation v
           where ${of.where} order by v.last_activity_at desc, v.id desc limit ${sql.lit(of.limit)}) v
    join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
    join channel ch on ch.workspace_id = v.workspace_id and ch.id = v.channel_id
    left join member a on a.workspace_id = v.workspace_id and a.id = v.assignee_id
    left join ${shownTo(of.viewer)} m on m.workspace_id = v.workspace_id and m.id = v.last_message_id
   order by v.last_activity_at desc, v.id desc`;

const lastMessageOf = (row: ConversationRow): Conversation['lastMessage'] =>
  row.messageId === null ||
  row.messageDirection === null ||
  row.messageKind === null ||
  row.messageStatus === null ||
  row.messageAt === null
    ? null
    : {
        id: row.messageId,
        direction: row.messageDirection,
        type: row.messageKind,
        text: previewOf(row.messageText),
        status: row.messageStatus,
        at: row.messageAt.toISOString(),
        summary: summaryOf(row.messageKind, row.messagePayload ?? {}) ?? row.messageFileName,
        variant: variantOf(row.messageKind, row.messagePayload ?? {}),
        isRevoked: row.isMessageRevoked === true,
        withheld: row.messageWithheld,
        isMediaCovered: row.isMessageMediaCovered === true,
      };

const lastReactionOf = ({ reaction }: ConversationRow): Conversation['lastReaction'] =>
  reaction && {
    direction: reaction.direction,
    emoji: reaction.emoji,
    at: new Date(reaction.at).toISOString(),
    to: {
      id: reaction.id,
      direction: reaction.toDirection,
      type: reaction.kind,
      text: previewOf(reaction.text),
      at: new Date(reaction.toAt).toISOString(),
      summary: summaryOf(reaction.kind, reaction.payload) ?? reaction.fileName,
      variant: variantOf(reaction.kind, reaction.payload),
      isRevoked: reaction.isRevoked,
    },
  };

const toConversation = (row: ConversationRow): Conversation => ({
  id: row.id,
  contactId: row.contactId,
  contactName: displayName(row),
  contactPhone: row.phone === null ? null : `+${row.phone}`,
  isBlocked: row.isBlocked,
  isBlockRequested: row.isBlockRequested,
  channel: { id: row.channelId, name: row.channelName, displayNumber: row.displayNumber },
  status: row.status,
  assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: row.assigneeName ?? '—' },
  unreadCount: row.unreadCount,
  lastMessage: lastMessageOf(row),
  lastReaction: lastReactionOf(row),
  lastActivityAt: row.lastActivityAt.toISOString(),
  waitingSince: row.waitingSince?.toISOString() ?? null,
  windowClosesAt: row.windowClosesAt?.toISOString() ?? null,
});

/** Whoever asked for a block has the person out of sight until it is decided. */
const isAskedAbout = (actor: Actor) => sql`v.contact_id = any(${contactsAskedAbout(actor)})`;

const viewFilter = (view: ConversationView, actor: Actor): RawBuilder<unknown> => {
  const isShown = sql`not ${isBlocked} and not ${isAskedAbout(actor)}`;
  switch (view) {
    case 'mine':
      return sql`v.assignee_id = ${actor.id}::uuid and ${isShown}`;
    case 'queue':
      return sql`v.assignee_id is null and ${isShown}`;
    case 'all':
      return isShown;
    case 'block-requested':
      return sql`${isAskedAbout(actor)} and not ${isBlocked}`;
    default:
      // Starts from the few that are blocked, not from the many conversations.
      return sql`v.contact_id in (
        select b.contact_id from block b where b.workspace_id = ${actor.workspaceId} and ${blockIsActive})`;
  }
};

export interface ConversationListQuery {
  readonly view: ConversationView;
  readonly search?: string | undefined;
  readonly unread?: 'true' | 'false' | undefined;
  readonly status?: 'open' | 'resolved' | undefined;
  readonly channelId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/**
 * Newest activity first. Blocked people appear in the view `blocked` only (docs/gate.md), those whose block the actor
 * asked for in `block-requested` only.
 */
export const listConversations = async (
  db: Db,
  actor: Actor,
  query: ConversationListQuery,
): Promise<Page<Conversation>> => {
  const parts = [sql`v.workspace_id = ${actor.workspaceId}`, viewFilter(query.view, actor)];
  const isOpenByDefault = query.view === 'mine' || query.view === 'queue';
  const status = query.status ?? (isOpenByDefault ? 'open' : undefined);
  if (status !== undefined) {
    // Written out: the indexes of open conversations know no parameter.
    parts.push(status === 'open' ? sql`v.status = 'open'` : sql`v.status = 'resolved'`);
  }
  if (query.unread !== undefined) {
    parts.push(query.unread === 'true' ? sql`v.unread_count > 0` : sql`v.unread_count = 0`);
  }
  if (query.channelId !== undefined) {
    parts.push(sql`v.channel_id = ${query.channelId}`);
  }
  if (query.search) {
    parts.push(matchesSearch(sql`v.contact_id`, actor.workspaceId, query.search));
  }
  const { at, id } = positionOf(query.cursor);
  parts.push(sql`(v.last_activity_at, v.id) < (${at}::timestamptz, ${id}::uuid)`);
  const { rows } = await selectConversations({
    where: sql.join(parts, sql` and `),
    limit: rowsToRead(query.limit),
    viewer: actor,
    isBlocked: sql.lit(query.view === 'blocked'),
  }).execute(db);
  return toPage(
    rows,
    query.limit,
    (row) => ({ at: row.lastActivityAt, id: row.id }),
    toConversation,
  );
};

export const findConversations = async (
  db: Db,
  workspaceId: string,
  ids: readonly string[],
  viewer: Viewer = 'everybody',
): Promise<Conversation[]> => {
  if (ids.length === 0) {
    return [];
  }
  const where = sql`v.workspace_id = ${workspaceId} and v.id = any(${[...ids]}::uuid[])`;
  const { rows } = await selectConversations({ where, limit: null, viewer }).execute(db);
  return rows.map(toConversation);
};

/** Whatever changed about a contact is seen in its conversations. */
export const findConversationsOfContacts = async (
  db: Db,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<string[]> => {
  if (contactIds.length === 0) {
    return [];
  }
  const { rows } = await sql<{ id: string }>`select id from conversation
    where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])`.execute(
    db,
  );
  return rows.map((row) => row.id);
};
