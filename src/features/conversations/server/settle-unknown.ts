import { findMaskedNumber } from '#features/contacts/server/index.ts';
import { endClaimsOfMessages } from '#features/gate/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { setDelivery } from './delivery-store.ts';
import { lockWhereItIs } from './lock-where-it-is.ts';

/**
 * A person who looked says how a message of unknown end fared; WhatsApp never told.
 * @throws AppError message-not-found, message-not-unknown
 */
export const settleUnknown = async (
  ctx: Ctx,
  messageId: string,
  outcome: 'sent' | 'failed',
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const message = await lockWhereItIs(ctx, messageId);
  if (message === undefined) {
    throw notFound('message');
  }
  if (message.status !== 'unknown') {
    throw new AppError('message-not-unknown', 409);
  }
  const errorCode = outcome === 'failed' ? 'settled-as-failed' : null;
  await setDelivery(ctx.tx, workspaceId, messageId, { status: outcome, errorCode });
  await endClaimsOfMessages(ctx.tx, [message]);
  ctx.notices.add(workspaceId, 'message', messageId);
  ctx.notices.add(workspaceId, 'conversation', message.conversationId);
  await audit(ctx, {
    action: 'conversations.unknown-settled',
    subject: { kind: 'message', id: messageId },
    maskedNumber: await findMaskedNumber(ctx.tx, workspaceId, message.contactId),
    details: { outcome },
  });
};
