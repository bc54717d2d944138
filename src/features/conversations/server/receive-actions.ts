import type { MessageActionItem } from '#channels/channel.ts';
import { assertPassed, type Passed } from '#features/gate/server/index.ts';
import { forgetMedia } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { assertNever } from '#platform/shared/assert-never.ts';
import { lockByExternalId, setEdited, setReaction, setRevoked } from './message-store.ts';

/**
 * Reactions, edits and revokes, on stored messages of the same contact and channel. One whose target we do not have
 * (dropped, or older than we are) does nothing; only who wrote a message may edit it or take it back.
 */
export const applyActions = async (
  ctx: Ctx,
  actions: readonly { passed: Passed<MessageActionItem>; contactId: string }[],
): Promise<void> => {
  for (const { passed, contactId } of actions) {
    assertPassed(passed, ctx.tx, contactId);
    const { item } = passed;
    const message = await lockByExternalId(ctx.tx, { ...item, contactId }, item.targetExternalId);
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
        }
        break;
      case 'revoke':
        if (isWriter) {
          await setRevoked(ctx.tx, message, at);
          await forgetMedia(ctx, message);
        }
        break;
      default:
        assertNever(action);
    }
    ctx.notices.add(item.workspaceId, 'message', message.id);
    ctx.notices.add(item.workspaceId, 'conversation', message.conversationId);
  }
};
