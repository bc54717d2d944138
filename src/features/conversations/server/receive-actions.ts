import type { MessageActionItem } from '#channels/channel.ts';
import { assertPassed, type Passed } from '#features/gate/server/index.ts';
import { forgetMedia } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { assertNever } from '#platform/shared/assert-never.ts';
import { applyDeltas, type ConversationDelta } from './conversation-store.ts';
import { enqueueLinkCard } from './link-card/link-card-jobs.ts';
import { enqueueIndexing, forgetWords } from './message-index-store.ts';
import {
  lockByExternalId,
  type MessageState,
  setEdited,
  setReaction,
  setRevoked,
} from './message-store.ts';

const nameOf = (target: { workspaceId: string; channelId: string; externalId: string | null }) =>
  `${target.workspaceId}/${target.channelId}/${target.externalId}`;

/** A reaction is a message of the person's to WhatsApp, so it opens the window (API sheet 2.5, 4.5); it waits for no answer. */
const opensWindow = ({ direction, action, isHistory }: MessageActionItem): boolean =>
  direction === 'in' && action.kind === 'reaction' && action.emoji !== null && isHistory !== true;

/** @param reacted of conversations that are locked */
const openWindows = async (
  ctx: Ctx,
  reacted: readonly { workspaceId: string; conversationId: string; at: Date }[],
): Promise<void> => {
  const latest = new Map<string, ConversationDelta>();
  for (const { at, ...place } of reacted) {
    const known = latest.get(place.conversationId)?.lastInboundAt ?? at;
    latest.set(place.conversationId, {
      ...place,
      ...{ unread: 0, lastMessageId: null, lastActivityAt: null, isAnswered: false },
      ...{ waitingSince: null, reopens: false },
      lastInboundAt: new Date(Math.max(known.getTime(), at.getTime())),
    });
  }
  await applyDeltas(ctx.tx, [...latest.values()]);
};

const apply = async (ctx: Ctx, item: MessageActionItem, message: MessageState): Promise<void> => {
  const at = new Date(item.timestamp * 1000);
  const isWriter = message.direction === item.direction;
  const { action } = item;
  switch (action.kind) {
    case 'reaction':
      await setReaction(ctx.tx, message, item.direction, action.emoji, at);
      break;
    case 'edit':
      if (isWriter) {
        await setEdited(ctx.tx, message, action.text, at);
        await forgetWords(ctx.tx, message);
        await enqueueIndexing(ctx.tx, [message]);
        await enqueueLinkCard(ctx.tx, { ...message, text: action.text });
      }
      break;
    case 'revoke':
      if (isWriter) {
        await setRevoked(ctx.tx, message, at);
        await forgetMedia(ctx, message);
        await forgetWords(ctx.tx, message);
      }
      break;
    default:
      assertNever(action);
  }
};

/**
 * Reactions, edits and revokes, on stored messages of the same contact and channel. One whose target we do not have
 * (dropped, or older than we are) does nothing; only who wrote a message may edit it or take it back. The conversations of reactions are locked (`receiveItems`).
 */
export const applyActions = async (
  ctx: Ctx,
  actions: readonly { passed: Passed<MessageActionItem>; contactId: string }[],
): Promise<void> => {
  if (actions.length === 0) {
    return;
  }
  const targets = actions.map(({ passed, contactId }) => {
    assertPassed(passed, ctx.tx, contactId);
    const { item } = passed;
    return { ...item, contactId, externalId: item.targetExternalId };
  });
  const locked = await lockByExternalId(ctx.tx, targets);
  const byName = new Map(locked.map((message) => [nameOf(message), message]));
  const reacted: Parameters<typeof openWindows>[1][number][] = [];
  for (const [index, { passed }] of actions.entries()) {
    const { item } = passed;
    const target = targets[index];
    const message = target === undefined ? undefined : byName.get(nameOf(target));
    if (message === undefined) {
      continue;
    }
    await apply(ctx, item, message);
    if (opensWindow(item)) {
      const { workspaceId, conversationId } = message;
      reacted.push({ workspaceId, conversationId, at: new Date(item.timestamp * 1000) });
    }
    ctx.notices.add(item.workspaceId, 'message', message.id);
    ctx.notices.add(item.workspaceId, 'conversation', message.conversationId);
  }
  await openWindows(ctx, reacted);
};
