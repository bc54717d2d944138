import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { findMessage, type MessageState } from './message-store.ts';
import { type SendAnswer, type SendInput, sendMessage, wasAnswered } from './send-message.ts';

/** WhatsApp takes reactions to messages of the last 30 days only (docs/whatsapp-cloud-api.md, 2.2). */
const longestMs = 30 * 86_400_000;
const withoutReaction = new Set<MessageState['kind']>(['reaction', 'activity', 'call']);

const canBeReactedTo = (message: MessageState): boolean =>
  message.withheld === null &&
  message.externalId !== null &&
  message.direction !== 'internal' &&
  message.revokedAt === null &&
  message.status !== 'failed' &&
  !withoutReaction.has(message.kind) &&
  Date.now() - message.at.getTime() < longestMs;

/**
 * Puts our emoji on a message, changes it, or takes it back (null). It leaves like a message: through the gate now and
 * again right before it leaves, once or never, and a refused one stays as a failed attempt.
 * @throws AppError message-not-found, message-not-reactable, message-covered, idempotency-key-reused
 */
export const reactToMessage = async (
  ctx: Ctx,
  messageId: string,
  emoji: string | null,
  idempotencyKey: string | null,
): Promise<SendAnswer> => {
  const target = await findMessage(ctx.tx, ctx.actor.workspaceId, messageId);
  if (target === undefined) {
    throw notFound('message');
  }
  const input: SendInput = {
    conversationId: target.conversationId,
    text: emoji ?? '',
    structured: { kind: 'reaction', payload: {} },
    replyToId: target.id,
    forwardedFrom: null,
    idempotencyKey,
  };
  // A repeated request is answered as it was, though the message may be gone by now.
  if (!canBeReactedTo(target) && !(await wasAnswered(ctx, input))) {
    throw target.withheld === null
      ? new AppError('message-not-reactable', 422)
      : new AppError('message-covered', 409);
  }
  return sendMessage(ctx, input);
};
