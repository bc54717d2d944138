import type { MessageActionItem } from '#channels/channel.ts';
import { assertPassed, type Passed } from '#features/gate/server/index.ts';
import { forgetMedia } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { assertNever } from '#platform/shared/assert-never.ts';
import { enqueueLinkCard } from './link-card/link-card-jobs.ts';
import { enqueueIndexing, forgetWords } from './message-index-store.ts';
import { lockByExternalId, setEdited, setReaction, setRevoked } from './message-store.ts';

const nameOf = (target: { workspaceId: string; channelId: string; externalId: string | null }) =>
  `${target.workspaceId}/${target.channelId}/${target.externalId}`;

/**
 * Reactions, edits and revokes, on stored messages of the same contact and channel. One whose target we do not have
 * (dropped, or older than we are) does nothing; only who wrote a message may edit it or take it back.
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
  for (const [index, { passed }] of actions.entries()) {
    const { item } = passed;
    const target = targets[index];
    const message = target === undefined ? undefined : byName.get(nameOf(target));
    if (message === undefined) {
      continue;
    }
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
    ctx.notices.add(item.workspaceId, 'message', message.id);
    ctx.notices.add(item.workspaceId, 'conversation', message.conversationId);
  }
};
