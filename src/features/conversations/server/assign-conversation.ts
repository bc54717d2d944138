import { findMember } from '#features/accounts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { newId } from '#platform/shared/ids.ts';
import {
  findAssignedTo,
  type LockedConversation,
  lockConversation,
  setAssignee,
  setStatus,
} from './conversation-store.ts';
import { insertActivity } from './message-store.ts';

type ActivityEvent = 'assigned' | 'returned-to-queue' | 'resolved' | 'reopened';

const lock = async (ctx: Ctx, conversationId: string): Promise<LockedConversation> => {
  const conversation = await lockConversation(ctx.tx, ctx.actor.workspaceId, conversationId);
  if (conversation === undefined) {
    throw notFound('conversation');
  }
  return conversation;
};

const tell = async (
  ctx: Ctx,
  conversation: LockedConversation,
  event: ActivityEvent,
  toMemberId: string | null = null,
): Promise<void> => {
  const id = newId();
  const row = { ...conversation, id, conversationId: conversation.id, author: ctx.actor };
  await insertActivity(ctx.tx, row, { event, toMemberId });
  ctx.notices.add(ctx.actor.workspaceId, 'message', id);
  ctx.notices.add(ctx.actor.workspaceId, 'conversation', conversation.id);
};

/**
 * Gives the conversation to a member, or back to the queue (null).
 * @throws AppError conversation-not-found, member-not-found
 */
export const assignConversation = async (
  ctx: Ctx,
  conversationId: string,
  assigneeId: string | null,
): Promise<void> => {
  const conversation = await lock(ctx, conversationId);
  if (assigneeId !== null && !(await findMember(ctx.tx, ctx.actor.workspaceId, assigneeId))) {
    throw notFound('member');
  }
  if (conversation.assigneeId === assigneeId) {
    return;
  }
  await setAssignee(ctx.tx, ctx.actor.workspaceId, conversationId, assigneeId);
  await tell(ctx, conversation, assigneeId === null ? 'returned-to-queue' : 'assigned', assigneeId);
};

/** Answering from the queue takes the conversation; it is locked. A program with a key takes nothing. */
export const takeIfQueued = async (ctx: Ctx, conversation: LockedConversation): Promise<void> => {
  const { kind, id, workspaceId } = ctx.actor;
  if (conversation.assigneeId === null && kind === 'member' && id !== null) {
    await setAssignee(ctx.tx, workspaceId, conversation.id, id);
    await tell(ctx, conversation, 'assigned', id);
  }
};

/** @throws AppError conversation-not-found */
export const setConversationStatus = async (
  ctx: Ctx,
  conversationId: string,
  status: 'open' | 'resolved',
): Promise<void> => {
  const conversation = await lock(ctx, conversationId);
  if (conversation.status !== status) {
    await setStatus(ctx.tx, ctx.actor.workspaceId, conversationId, status);
    await tell(ctx, conversation, status === 'open' ? 'reopened' : 'resolved');
  }
};

/** A person left the team: what they had in hand is everybody's again. */
export const returnAllToQueue = async (ctx: Ctx, memberId: string): Promise<void> => {
  for (const id of await findAssignedTo(ctx.tx, ctx.actor.workspaceId, memberId)) {
    await assignConversation(ctx, id, null);
  }
};
