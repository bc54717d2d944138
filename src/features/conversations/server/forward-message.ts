import { ContactsMovedError, lockContacts } from '#features/contacts/server/index.ts';
import { mediaKindSchema } from '#features/media/contract.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { type ConversationPlace, findPlace } from './conversation-store.ts';
import { findMessage, type MessageState } from './message-store.ts';
import { type SendInput, sendMessage } from './send-message.ts';

export interface ForwardResult {
  readonly conversationId: string;
  readonly status: 'queued' | 'refused';
  readonly code?: string;
  readonly messageId: string | null;
}

/** @throws AppError message-not-forwardable */
const contentOf = (source: MessageState): Pick<SendInput, 'text' | 'media'> => {
  if (source.revokedAt === null) {
    if (source.kind === 'text' && source.text !== null) {
      return { text: source.text };
    }
    const media = mediaKindSchema.safeParse(source.kind);
    if (media.success) {
      return { text: source.text ?? '', media: { kind: media.data, messageId: source.id } };
    }
  }
  throw new AppError('message-not-forwardable', 422);
};

/**
 * Sends a copy of a text or a file to several conversations, each through the gate by itself: one blocked target fails alone, and
 * leaves its failed attempt there. The copies remember what they are copies of (lineage).
 * @throws AppError message-not-found, message-not-forwardable
 */
export const forwardMessage = async (
  ctx: Ctx,
  messageId: string,
  conversationIds: readonly string[],
): Promise<ForwardResult[]> => {
  const { workspaceId } = ctx.actor;
  const source = await findMessage(ctx.tx, workspaceId, messageId);
  if (source === undefined || source.direction === 'internal') {
    throw notFound('message');
  }
  const content = contentOf(source);
  const targets = [...new Set(conversationIds)].sort();
  const places = new Map<string, ConversationPlace>();
  for (const id of targets) {
    const place = await findPlace(ctx.tx, workspaceId, id);
    if (place !== undefined) {
      places.set(id, place);
    }
  }
  await lockContacts(ctx.tx, [...places.values()]);
  for (const [id, place] of places) {
    const now = await findPlace(ctx.tx, workspaceId, id);
    if (now?.contactId !== place.contactId) {
      // One more lock would be out of order.
      throw new ContactsMovedError('a conversation moved to another contact');
    }
  }
  const results = new Map<string, ForwardResult>();
  for (const conversationId of targets) {
    if (!places.has(conversationId)) {
      const code = 'conversation-not-found';
      results.set(conversationId, { conversationId, status: 'refused', code, messageId: null });
      continue;
    }
    const answer = await sendMessage(ctx, {
      conversationId,
      ...content,
      replyToId: null,
      forwardedFrom: source.id,
      idempotencyKey: null,
    });
    results.set(conversationId, toResult(conversationId, answer));
  }
  return [...new Set(conversationIds)].flatMap((id) => results.get(id) ?? []);
};

const toResult = (
  conversationId: string,
  answer: Awaited<ReturnType<typeof sendMessage>>,
): ForwardResult =>
  answer.kind === 'queued'
    ? { conversationId, status: 'queued', messageId: answer.messageId }
    : answer.kind === 'refused'
      ? { conversationId, status: 'refused', code: answer.code, messageId: answer.messageId }
      : { conversationId, status: 'refused', code: 'window-closed', messageId: null };
