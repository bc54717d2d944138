import type { MessageActionItem } from '#channels/channel.ts';
import { forgetMedia } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { assertNever } from '#platform/shared/assert-never.ts';
import { applyDeltas, type ConversationDelta } from '../conversation-store.ts';
import { purgedHashOf } from '../end-for-good.ts';
import { enqueueLinkCard } from '../link-card/link-card-jobs.ts';
import { enqueueIndexing, forgetWords } from '../message-index-store.ts';
import type { MessageState } from '../message-store.ts';
import { type DoneAt, setEdited, setReaction, setRevoked } from './action-store.ts';

/** What was done to a message, by which side and when. */
export type Deed = Pick<MessageActionItem, 'direction' | 'action' | 'isHistory'> & DoneAt;

/** As the channel tells it. */
export const deedOf = (ctx: Ctx, item: MessageActionItem): Deed => ({
  ...item,
  at: new Date(item.timestamp * 1000),
  hashes: [purgedHashOf(ctx, item.channelId, item.externalId)],
});

/** A reaction is a message of the person's to WhatsApp, so it opens the window (API sheet 2.5, 4.5); it waits for no answer. */
export const opensWindow = ({
  direction,
  action,
  isHistory,
}: Omit<Deed, 'at' | 'hashes'>): boolean =>
  direction === 'in' && action.kind === 'reaction' && action.emoji !== null && isHistory !== true;

export interface Reacted {
  readonly workspaceId: string;
  readonly conversationId: string;
  readonly at: Date;
}

/** @param reacted of conversations that are locked */
export const openWindows = async (ctx: Ctx, reacted: readonly Reacted[]): Promise<void> => {
  const latest = new Map<string, ConversationDelta>();
  for (const { at, workspaceId, conversationId } of reacted) {
    const known = latest.get(conversationId)?.lastInboundAt ?? at;
    latest.set(conversationId, {
      ...{ workspaceId, conversationId, unread: 0, lastMessageId: null, lastActivityAt: null },
      ...{ answeredAt: null, waitingSince: null, reopens: false },
      lastInboundAt: new Date(Math.max(known.getTime(), at.getTime())),
    });
  }
  await applyDeltas(ctx.tx, [...latest.values()]);
};

/** Does it to a message that is locked; only who wrote a message may edit it or take it back. */
export const applyAction = async (ctx: Ctx, deed: Deed, message: MessageState): Promise<void> => {
  const { action, direction } = deed;
  const isWriter = message.direction === direction;
  switch (action.kind) {
    case 'reaction':
      await setReaction(ctx.tx, message, direction, action.emoji, deed);
      break;
    case 'edit':
      if (isWriter && (await setEdited(ctx.tx, message, action.text, deed))) {
        await forgetWords(ctx.tx, message);
        await enqueueIndexing(ctx.tx, [message]);
        await enqueueLinkCard(ctx.tx, { ...message, text: action.text });
      }
      break;
    case 'revoke':
      if (isWriter) {
        await setRevoked(ctx.tx, message, deed.at);
        await forgetMedia(ctx, message);
        await forgetWords(ctx.tx, message);
      }
      break;
    default:
      assertNever(action);
  }
  ctx.notices.add(message.workspaceId, 'message', message.id);
  ctx.notices.add(message.workspaceId, 'conversation', message.conversationId);
};
