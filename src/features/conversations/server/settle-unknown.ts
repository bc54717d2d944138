import { lockContacts } from '#features/contacts/server/index.ts';
import { endClaimsOfMessages } from '#features/gate/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { setDelivery } from './delivery-store.ts';
import { findMessage, lockMessage } from './message-store.ts';

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
  const before = await findMessage(ctx.tx, workspaceId, messageId);
  if (before === undefined) {
    throw notFound('message');
  }
  await lockContacts(ctx.tx, [before]);
  const message = await lockMessage(ctx.tx, workspaceId, messageId);
  if (message?.status !== 'unknown') {
    throw new AppError('message-not-unknown', 409);
  }
  const errorCode = outcome === 'failed' ? 'settled-as-failed' : null;
  await setDelivery(ctx.tx, workspaceId, messageId, { status: outcome, errorCode });
  await endClaimsOfMessages(ctx.tx, workspaceId, [messageId]);
  ctx.notices.add(workspaceId, 'message', messageId);
  ctx.notices.add(workspaceId, 'conversation', message.conversationId);
  await audit(ctx, {
    action: 'conversations.unknown-settled',
    subject: { kind: 'message', id: messageId },
    details: { outcome },
  });
};
