import { checkGateOutbound } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { enqueue } from '#platform/server/jobs.ts';
import { clearUnread, findPlace, lockConversation } from './conversation-store.ts';
import { markReadJob } from './delivery-jobs.ts';
import { findLastInbound } from './delivery-store.ts';

/**
 * Somebody of the team has seen what was unread; WhatsApp is told by a job, through the gate. What is seen during a
 * block is not told, not even after it (G4, G5).
 * @throws AppError conversation-not-found
 */
export const markRead = async (ctx: Ctx, conversationId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const place = await findPlace(ctx.tx, workspaceId, conversationId);
  if (place === undefined) {
    throw notFound('conversation');
  }
  const verdict = await checkGateOutbound(ctx, 'read-mark', place.contactId, conversationId, null);
  if ((await lockConversation(ctx.tx, workspaceId, conversationId)) === undefined) {
    throw notFound('conversation');
  }
  if ((await clearUnread(ctx.tx, workspaceId, conversationId)) === 0) {
    return;
  }
  ctx.notices.add(workspaceId, 'conversation', conversationId);
  const messageId = await findLastInbound(ctx.tx, workspaceId, conversationId);
  if (verdict.kind === 'pass' && messageId !== undefined) {
    const payload = { workspaceId, conversationId, messageId, acceptedEpoch: verdict.passed.epoch };
    await enqueue(ctx.tx, markReadJob, payload, {
      key: `mark-read:${conversationId}`,
      maxAttempts: 5,
    });
  }
};
