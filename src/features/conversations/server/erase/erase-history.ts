import { eraseMedia } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, RepeatTransactionError } from '#platform/server/errors.ts';
import { forgetEarlyOf } from '../actions/early-action-store.ts';
import { lockConversationsOf } from '../conversation-store.ts';
import { endForGood } from '../end-for-good.ts';
import { deleteMessages, settlePreviews } from '../purge-store.ts';
import { isOneOnItsWay } from '../withhold/remove-store.ts';
import { deleteConversations, findCopies, type GoingMessage, lockGoing } from './erase-store.ts';

/** What went. */
export interface ErasedHistory {
  readonly messages: number;
  /** Of these, what had been forwarded to others of what the person sent. */
  readonly copies: number;
  readonly files: number;
}

/** Locked by conversation and then by message; looked up again, because a forward that was waited for has made one more. */
const lockHistory = async (
  ctx: Ctx,
  contactIds: readonly string[],
  lockedIds: ReadonlySet<string>,
): Promise<{ conversationIds: string[]; going: GoingMessage[] }> => {
  const { workspaceId } = ctx.actor;
  const copies = await findCopies(ctx.tx, workspaceId, contactIds);
  const people = [...contactIds, ...copies.map(({ contactId }) => contactId)];
  const conversations = await lockConversationsOf(
    ctx.tx,
    people.map((contactId) => ({ workspaceId, contactId })),
  );
  const conversationIds = conversations.flatMap(({ id, contactId }) =>
    contactIds.includes(contactId) ? [id] : [],
  );
  const copyIds = copies.map(({ id }) => id);
  const going = await lockGoing(ctx.tx, workspaceId, conversationIds, copyIds);
  const again = await findCopies(ctx.tx, workspaceId, contactIds);
  if (again.some(({ id, contactId }) => !copyIds.includes(id) || !lockedIds.has(contactId))) {
    throw new RepeatTransactionError('a copy came up while a person was being erased');
  }
  return { conversationIds, going };
};

/**
 * Takes out everything that was said with a person, in both directions, with notes, files and thumbnails, reactions, words, what
 * requests were answered, and the copies that others were sent of what the person had sent. What waits to be sent does not
 * leave. A keyed hash of each message's id keeps it from being stored again, whoever brings it. No row stays in the place of
 * any: the conversation goes too.
 * @param contactIds every contact that is the person, locked
 * @param lockedIds all contacts that are locked: those, and whoever has copies
 * @throws AppError message-on-its-way (409): a copy is being sent to somebody else; RepeatTransactionError
 */
export const eraseHistory = async (
  ctx: Ctx,
  contactIds: readonly string[],
  lockedIds: ReadonlySet<string>,
): Promise<ErasedHistory> => {
  const { workspaceId } = ctx.actor;
  const { conversationIds, going } = await lockHistory(ctx, contactIds, lockedIds);
  const ids = going.map(({ id }) => id);
  const copies = going.filter(({ isCopy }) => isCopy);
  if (
    await isOneOnItsWay(
      ctx.tx,
      workspaceId,
      copies.map(({ id }) => id),
    )
  ) {
    throw new AppError('message-on-its-way', 409);
  }
  await endForGood(ctx, going);
  const files = await eraseMedia(ctx, contactIds, ids);
  await forgetEarlyOf(ctx.tx, workspaceId, contactIds);
  await deleteMessages(ctx.tx, workspaceId, ids);
  await deleteConversations(ctx.tx, workspaceId, conversationIds);
  const others = [...new Set(copies.map(({ conversationId }) => conversationId))];
  await settlePreviews(ctx.tx, workspaceId, others);
  for (const id of [...conversationIds, ...others]) {
    ctx.notices.add(workspaceId, 'conversation', id);
  }
  return { messages: going.length, copies: copies.length, files: files.length };
};
