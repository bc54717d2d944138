import type { MessageItem } from '#channels/channel.ts';
import type { Passed } from '#features/gate/server/index.ts';
import { recordMedia } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { MessageStatus } from '../contract.ts';
import { openWindows } from './actions/apply-action.ts';
import { takeEarly } from './actions/early-action-store.ts';
import { applyEarly } from './actions/early-actions.ts';
import { updateCalls } from './call-store.ts';
import {
  applyDeltas,
  type ConversationDelta,
  lockOrCreateConversations,
} from './conversation-store.ts';
import { purgedHashOf } from './end-for-good.ts';
import { enqueueLinkCards } from './link-card/link-card-jobs.ts';
import { linkReplies } from './link-replies.ts';
import { enqueueIndexing } from './message-index-store.ts';
import { insertReceived, type ReceivedRow } from './message-store.ts';
import { momentOf } from './moment.ts';
import { updatePlaceholders } from './placeholder-store.ts';

/** History stands at the beginning of its second. */
const placeInTime = ({ timestamp, isHistory }: MessageItem, receivedAt: number): Date =>
  isHistory ? new Date(Math.min(timestamp * 1000, receivedAt)) : momentOf(timestamp, receivedAt);

const statusOf = (item: MessageItem): MessageStatus =>
  item.direction === 'in' ? 'received' : (item.historyStatus ?? 'sent');

const payloadOf = (item: MessageItem): Record<string, unknown> => ({
  ...item.content.payload,
  ...(item.content.isForwarded ? { isForwarded: true } : {}),
  ...(item.content.isFrequentlyForwarded ? { isFrequentlyForwarded: true } : {}),
});

const rowOf = (
  item: MessageItem,
  place: {
    id: string;
    conversationId: string;
    contactId: string;
    receivedAt: number;
    purgedHash: string;
  },
): ReceivedRow => ({
  workspaceId: item.workspaceId,
  id: place.id,
  conversationId: place.conversationId,
  contactId: place.contactId,
  channelId: item.channelId,
  direction: item.direction,
  kind: item.content.kind,
  text: item.content.text ?? null,
  payload: payloadOf(item),
  externalId: item.externalId,
  status: statusOf(item),
  authorKind: item.direction === 'out' ? 'phone-app' : null,
  replyToExternalId: item.content.replyToExternalId ?? null,
  at: placeInTime(item, place.receivedAt),
  providerAt: new Date(item.timestamp * 1000),
  purgedHash: place.purgedHash,
});

/**
 * What a new item means for its conversation: one written by the person waits and reopens; an echo from our phone app
 * answers, but reopens nothing; history does neither.
 */
const deltaOf = (item: MessageItem, row: ReceivedRow): ConversationDelta => {
  const isLiveInbound = item.direction === 'in' && !item.isHistory;
  return {
    workspaceId: row.workspaceId,
    conversationId: row.conversationId,
    unread: isLiveInbound ? 1 : 0,
    lastMessageId: row.id,
    lastActivityAt: row.at,
    lastInboundAt: isLiveInbound ? row.providerAt : null,
    answeredAt: item.direction === 'out' && !item.isHistory ? row.at : null,
    waitingSince: isLiveInbound ? row.at : null,
    reopens: isLiveInbound,
  };
};

const later = (a: Date | null, b: Date | null): Date | null =>
  a !== null && b !== null && b < a ? a : (b ?? a);

/** @param b of an item that is not earlier than those of `a` */
const add = (a: ConversationDelta, b: ConversationDelta): ConversationDelta => {
  const isNewer = later(a.lastActivityAt, b.lastActivityAt) === b.lastActivityAt;
  return {
    ...a,
    unread: a.unread + b.unread,
    lastMessageId: isNewer ? b.lastMessageId : a.lastMessageId,
    lastActivityAt: later(a.lastActivityAt, b.lastActivityAt),
    lastInboundAt: later(a.lastInboundAt, b.lastInboundAt),
    answeredAt: b.answeredAt ?? a.answeredAt,
    waitingSince: b.answeredAt !== null ? b.waitingSince : (a.waitingSince ?? b.waitingSince),
    reopens: a.reopens || b.reopens,
  };
};

/** The rows here are known already, made from their proofs by `insertReceived`, which left them alone. */
const tellOfChanged = (ctx: Ctx, changed: readonly ReceivedRow[]): void => {
  for (const row of changed) {
    ctx.notices.add(row.workspaceId, 'message', row.id);
    ctx.notices.add(row.workspaceId, 'conversation', row.conversationId);
  }
};

/**
 * An import tells of a file by a placeholder, and of what it is by later webhooks (docs/whatsapp-cloud-api.md, 5.4); a call
 * rings and ends under one id (9).
 * @returns the files that placeholders became
 */
const changeKnown = async (
  ctx: Ctx,
  known: readonly { item: MessageItem; row: ReceivedRow }[],
): Promise<ReceivedRow[]> => {
  const files = known.filter(({ item }) => item.isHistory).map(({ row }) => row);
  const filled = await updatePlaceholders(ctx.tx, files);
  const calls = known.flatMap(({ row }) => (row.kind === 'call' ? [row] : []));
  tellOfChanged(ctx, [...filled, ...(await updateCalls(ctx.tx, calls))]);
  return filled;
};

/**
 * Stores what the gate passed and moves the conversations along; a repeated item changes nothing, unless it is the file
 * that a placeholder stands for, or tells more of a call.
 */
export const storeMessages = async (
  ctx: Ctx,
  messages: readonly { passed: Passed<MessageItem>; contactId: string }[],
): Promise<void> => {
  if (messages.length === 0) {
    return;
  }
  const receivedAt = Date.now();
  const placeOf = ({ passed, contactId }: (typeof messages)[number]) => ({
    workspaceId: passed.item.workspaceId,
    channelId: passed.item.channelId,
    contactId,
  });
  const conversations = await lockOrCreateConversations(ctx.tx, messages.map(placeOf));
  const made: { item: MessageItem; row: ReceivedRow }[] = [];
  const placed = messages.map((message) => ({
    ...message,
    toRow: (item: MessageItem): ReceivedRow => {
      const conversation = conversations.get(`${message.contactId}/${item.channelId}`);
      if (conversation === undefined) {
        throw new Error('a conversation that was just locked is not there');
      }
      const row = rowOf(item, {
        id: newId(),
        conversationId: conversation.id,
        contactId: message.contactId,
        receivedAt,
        purgedHash: purgedHashOf(ctx, item.channelId, item.externalId),
      });
      made.push({ item, row });
      return row;
    },
  }));
  const ids = await insertReceived(ctx.tx, placed);
  const fresh = made.filter(({ row }) => ids.has(row.id));
  const rows = fresh.map(({ row }) => row);
  const filled = await changeKnown(
    ctx,
    made.filter(({ row }) => !ids.has(row.id)),
  );
  const changed = [...rows, ...filled];
  const [early] = await Promise.all([
    takeEarly(
      ctx.tx,
      rows.map((row) => ({ ...row, hash: row.purgedHash })),
    ),
    linkReplies(ctx, rows),
    moveAlong(ctx, fresh),
    enqueueIndexing(ctx.tx, changed),
  ]);
  await recordMedia(ctx, changed);
  await enqueueLinkCards(
    ctx.tx,
    fresh.flatMap(({ item, row }) => (item.isHistory ? [] : [row])),
  );
  // As if it came now, after all that its message brought: a file that was taken back is not fetched.
  await openWindows(ctx, await applyEarly(ctx, early, rows));
};

const moveAlong = async (
  ctx: Ctx,
  stored: readonly { item: MessageItem; row: ReceivedRow }[],
): Promise<void> => {
  const deltas = new Map<string, ConversationDelta>();
  for (const { item, row } of [...stored].sort((a, b) => a.row.at.getTime() - b.row.at.getTime())) {
    const delta = deltaOf(item, row);
    const known = deltas.get(row.conversationId);
    deltas.set(row.conversationId, known === undefined ? delta : add(known, delta));
    ctx.notices.add(row.workspaceId, 'message', row.id);
    ctx.notices.add(row.workspaceId, 'conversation', row.conversationId);
  }
  await applyDeltas(ctx.tx, [...deltas.values()]);
};
