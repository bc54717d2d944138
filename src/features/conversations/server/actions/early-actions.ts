import type { MessageActionItem } from '#channels/channel.ts';
import { findDropped, type Passed } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { lockConversationsOf } from '../conversation-store.ts';
import { purgedHashOf } from '../end-for-good.ts';
import { lockByExternalId, type Original } from '../message-store.ts';
import { applyAction, type Deed, opensWindow, openWindows, type Reacted } from './apply-action.ts';
import { type EarlyAction, insertEarly, takeEarly } from './early-action-store.ts';

interface PassedAction {
  readonly passed: Passed<MessageActionItem>;
  readonly contactId: string;
}

const contentOf = ({ action }: MessageActionItem): string | null => {
  switch (action.kind) {
    case 'reaction':
      return action.emoji;
    case 'edit':
      return action.text;
    case 'revoke':
      return null;
  }
};

const rowOf = (ctx: Ctx, contactId: string, item: MessageActionItem): EarlyAction => ({
  workspaceId: item.workspaceId,
  targetHash: purgedHashOf(ctx, item.channelId, item.targetExternalId),
  contactId,
  direction: item.direction,
  kind: item.action.kind,
  content: contentOf(item),
  isHistory: item.isHistory === true,
  at: new Date(item.timestamp * 1000),
  hashes: [purgedHashOf(ctx, item.channelId, item.externalId)],
});

const waitedDeed = ({ direction, kind, content, isHistory, at, hashes }: EarlyAction): Deed => {
  const done = { direction, isHistory, at, hashes };
  switch (kind) {
    case 'reaction':
      return { ...done, action: { kind, emoji: content } };
    case 'edit':
      return { ...done, action: { kind, text: content } };
    case 'revoke':
      return { ...done, action: { kind } };
  }
};

/** The window is the conversation's, not the message's: it opens though nobody knows yet what was reacted to. */
const openOwnWindows = async (ctx: Ctx, reactions: readonly PassedAction[]): Promise<void> => {
  if (reactions.length === 0) {
    return;
  }
  const conversations = await lockConversationsOf(
    ctx.tx,
    reactions.map(({ passed, contactId }) => ({ workspaceId: passed.item.workspaceId, contactId })),
  );
  await openWindows(
    ctx,
    reactions.flatMap(({ passed: { item }, contactId }): Reacted[] => {
      const found = conversations.find(
        (one) => one.contactId === contactId && one.channelId === item.channelId,
      );
      const at = new Date(item.timestamp * 1000);
      return found === undefined
        ? []
        : [{ workspaceId: item.workspaceId, conversationId: found.id, at }];
    }),
  );
};

/**
 * What the gate passed came before its message, or its message never came: kept for some days (decision 0051). Nothing is kept of
 * what is done to a message that the gate dropped, or that was purged. The conversations of reactions are locked (`receiveItems`).
 */
export const keepEarly = async (ctx: Ctx, early: readonly PassedAction[]): Promise<void> => {
  if (early.length === 0) {
    return;
  }
  const isDropped = await findDropped(
    ctx,
    early.map(({ passed: { item } }) => ({ ...item, externalId: item.targetExternalId })),
  );
  const kept = early.filter((_, index) => isDropped[index] !== true);
  await insertEarly(
    ctx.tx,
    kept.map(({ passed, contactId }) => ({
      passed,
      contactId,
      toRow: (item: MessageActionItem) => rowOf(ctx, contactId, item),
    })),
  );
  const reactions = early.filter(({ passed }) => opensWindow(passed.item));
  await openOwnWindows(ctx, reactions);
};

/**
 * Does what waited to the messages it waited for.
 * @returns which conversations' windows it opens, for whoever has them locked
 */
export const applyEarly = async (
  ctx: Ctx,
  early: readonly EarlyAction[],
  originals: readonly (Original & { readonly contactId: string })[],
): Promise<Reacted[]> => {
  if (early.length === 0) {
    return [];
  }
  const messages = await lockByExternalId(ctx.tx, originals);
  const nameOf = (workspaceId: string, contactId: string, hash: string): string =>
    `${workspaceId}/${contactId}/${hash}`;
  const byName = new Map(
    messages.map((message) => {
      const hash = purgedHashOf(ctx, message.channelId, message.externalId ?? '');
      return [nameOf(message.workspaceId, message.contactId, hash), message];
    }),
  );
  const reacted: Reacted[] = [];
  for (const row of early) {
    const message = byName.get(nameOf(row.workspaceId, row.contactId, row.targetHash));
    if (message === undefined) {
      continue;
    }
    const deed = waitedDeed(row);
    await applyAction(ctx, deed, message);
    if (opensWindow(deed)) {
      const { workspaceId, conversationId } = message;
      reacted.push({ workspaceId, conversationId, at: deed.at });
    }
  }
  return reacted;
};

/**
 * For messages of ours whose ids the channel has just told, or that a merge has brought together with what waited for them.
 * @returns as `applyEarly`; of a conversation that was there when the person reacted the window opened then
 */
export const settleEarly = async (
  ctx: Ctx,
  originals: readonly (Original & { readonly contactId: string })[],
): Promise<Reacted[]> => {
  const early = await takeEarly(
    ctx.tx,
    originals.map(({ workspaceId, contactId, channelId, externalId }) => {
      return { workspaceId, contactId, hash: purgedHashOf(ctx, channelId, externalId) };
    }),
  );
  return applyEarly(ctx, early, originals);
};
