import type { MessageActionItem } from '#channels/channel.ts';
import { assertPassed, type Passed } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { lockByExternalId } from '../message-store.ts';
import { applyAction, deedOf, opensWindow, openWindows, type Reacted } from './apply-action.ts';
import { keepEarly } from './early-actions.ts';

const nameOf = (target: { workspaceId: string; channelId: string; externalId: string | null }) =>
  `${target.workspaceId}/${target.channelId}/${target.externalId}`;

/**
 * Reactions, edits and revokes, on stored messages of the same contact and channel. One whose target we do not have yet waits
 * for it. The conversations of reactions are locked (`receiveItems`).
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
  const reacted: Reacted[] = [];
  const early: (typeof actions)[number][] = [];
  for (const [index, one] of actions.entries()) {
    const { item } = one.passed;
    const target = targets[index];
    const message = target === undefined ? undefined : byName.get(nameOf(target));
    if (message === undefined || message.contactId !== one.contactId) {
      early.push(one);
      continue;
    }
    const deed = deedOf(ctx, item);
    await applyAction(ctx, deed, message);
    if (opensWindow(deed)) {
      const { workspaceId, conversationId } = message;
      reacted.push({ workspaceId, conversationId, at: deed.at });
    }
  }
  await openWindows(ctx, reacted);
  await keepEarly(ctx, early);
};
