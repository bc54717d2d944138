import {
  ContactsMovedError,
  findMaskedNumber,
  lockContacts,
} from '#features/contacts/server/index.ts';
import { mediaKindSchema } from '#features/media/contract.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { lockConversation } from '../conversation-store.ts';
import { findMessage, type MessageState } from '../message-store.ts';
import { reactToMessage } from '../react-to-message.ts';
import { type SendAnswer, type SendInput, sendMessage } from '../send-message.ts';
import { isStructured } from '../structured.ts';
import { findStopped, type StoppedMessage, settleStopped } from './stopped-store.ts';

type Stopped = MessageState & StoppedMessage;

/**
 * The stopped message with its contact and conversation locked, so that two people decide one after the other and
 * nothing takes its row away meanwhile.
 */
const lockStopped = async (ctx: Ctx, messageId: string): Promise<Stopped> => {
  const { workspaceId } = ctx.actor;
  const before = await findMessage(ctx.tx, workspaceId, messageId);
  if (before === undefined) {
    throw notFound('message');
  }
  await lockContacts(ctx.tx, [before]);
  await lockConversation(ctx.tx, workspaceId, before.conversationId);
  const message = await findMessage(ctx.tx, workspaceId, messageId);
  const stopped = await findStopped(ctx.tx, workspaceId, messageId);
  if (message === undefined || stopped === undefined) {
    throw notFound('message');
  }
  if (message.conversationId !== before.conversationId || message.contactId !== before.contactId) {
    throw new ContactsMovedError('the stopped message moved to another contact');
  }
  return { ...message, ...stopped };
};

const contentOf = (
  message: Stopped,
): Pick<SendInput, 'text' | 'media' | 'structured' | 'template'> => {
  const { id: messageId, kind, payload } = message;
  const text = message.text ?? '';
  if (kind === 'template') {
    return { text: '', template: { again: payload, text, messageId } };
  }
  if (isStructured(kind)) {
    return { text, structured: { kind, payload } };
  }
  const media = mediaKindSchema.safeParse(kind);
  return media.success ? { text, media: { kind: media.data, messageId } } : { text };
};

const sendAnew = (ctx: Ctx, message: Stopped): Promise<SendAnswer> => {
  const { kind, replyToId, forwardedFrom, conversationId } = message;
  if (kind !== 'reaction') {
    const about = { conversationId, replyToId, forwardedFrom, idempotencyKey: null };
    return sendMessage(ctx, { ...contentOf(message), ...about });
  }
  if (replyToId === null) {
    throw new AppError('message-not-reactable', 422);
  }
  return reactToMessage(ctx, replyToId, message.text, null);
};

const tell = async (
  ctx: Ctx,
  message: Stopped,
  outcome: 'sent' | 'discarded',
  sentAs: string | null,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  await settleStopped(ctx.tx, workspaceId, message.id, sentAs);
  ctx.notices.add(workspaceId, 'message', message.id);
  ctx.notices.add(workspaceId, 'contact', message.contactId);
  await audit(ctx, {
    action: `conversations.stopped-${outcome}`,
    subject: { kind: 'message', id: message.id },
    maskedNumber: await findMaskedNumber(ctx.tx, workspaceId, message.contactId),
    details: { messageId: message.id, sentAs },
  });
};

const settled = () => new AppError('stopped-message-settled', 409);

/**
 * *Enviar agora*: what a block stopped is sent as a new message, by whoever asks, through gate and window like any
 * other. The stopped one stays failed. Asked again, by anybody, it answers the message that was made the first time.
 * @throws AppError message-not-found, stopped-message-settled, message-covered, and what `sendMessage` throws
 */
export const sendStopped = async (ctx: Ctx, messageId: string): Promise<SendAnswer> => {
  const message = await lockStopped(ctx, messageId);
  if (message.outcome === 'sent' && message.sentAs !== null) {
    return { kind: 'queued', messageId: message.sentAs };
  }
  if (message.outcome !== null) {
    throw settled();
  }
  if (message.withheld !== null) {
    throw new AppError('message-covered', 409);
  }
  const answer = await sendAnew(ctx, message);
  if (answer.kind === 'queued') {
    await tell(ctx, message, 'sent', answer.messageId);
  }
  return answer;
};

/**
 * *Descartar*: nobody is asked about it any more. The failed message stays in the history.
 * @throws AppError message-not-found, stopped-message-settled when it was sent
 */
export const discardStopped = async (ctx: Ctx, messageId: string): Promise<void> => {
  const message = await lockStopped(ctx, messageId);
  if (message.outcome === 'sent') {
    throw settled();
  }
  if (message.outcome === null) {
    await tell(ctx, message, 'discarded', null);
  }
};
