import type { z } from 'zod';
import { ContactsMovedError, lockContacts } from '#features/contacts/server/index.ts';
import { type MediaKind, mediaKindSchema } from '#features/media/contract.ts';
import { shownTemplate } from '#features/templates/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { together } from '#platform/server/together.ts';
import { forwardAnswerSchema, longestText } from '../contract.ts';
import { type ConversationPlace, findPlace, lockConversation } from './conversation-store.ts';
import { textToForward } from './forward-text.ts';
import { findAnswered, hashOf, keyOf } from './idempotency-key.ts';
import { rememberKey } from './idempotency-store.ts';
import { findMessage, holdMessage, type MessageState } from './message-store.ts';
import { type SendInput, sendMessage } from './send-message.ts';
import { structuredCopy } from './structured.ts';

export type ForwardResult = z.infer<typeof forwardAnswerSchema>['results'][number];

/** What is copied. */
type Source = { readonly id: string } & Pick<SendInput, 'text' | 'media' | 'structured'>;

/** The file that a message is, or that the header of its template is. */
const fileKindOf = ({ kind, payload }: MessageState): MediaKind | undefined =>
  mediaKindSchema.safeParse(kind === 'template' ? shownTemplate(payload)?.header.kind : kind).data;

/** @throws AppError message-not-forwardable */
const contentOf = (source: MessageState): Source => {
  if (source.revokedAt === null) {
    const file = fileKindOf(source);
    if (file !== undefined) {
      return {
        id: source.id,
        text: source.text ?? '',
        media: { kind: file, messageId: source.id },
      };
    }
    const structured = structuredCopy(source.kind, source.payload);
    if (structured !== undefined) {
      return { id: source.id, text: '', structured };
    }
    const text = textToForward(source.kind, source.text, source.payload);
    if (text !== null && text !== '') {
      return { id: source.id, text };
    }
  }
  throw new AppError('message-not-forwardable', 422);
};

/** @throws AppError message-not-found, message-covered, message-not-forwardable */
const sourceFrom = (message: MessageState | undefined): Source => {
  if (message === undefined || message.direction === 'internal') {
    throw notFound('message');
  }
  if (message.withheld !== null) {
    throw new AppError('message-covered', 409);
  }
  return contentOf(message);
};

/** The targets there are, their contacts locked in one sorted statement, then they themselves in theirs. */
const lockTargets = async (ctx: Ctx, targets: readonly string[]): Promise<Set<string>> => {
  const { workspaceId } = ctx.actor;
  const placesOf = (ids: readonly string[]) =>
    together(ids.map((id) => findPlace(ctx.tx, workspaceId, id)));
  const found = await placesOf(targets);
  const places = new Map<string, ConversationPlace>();
  for (const [index, id] of targets.entries()) {
    const place = found[index];
    if (place !== undefined) {
      places.set(id, place);
    }
  }
  const known = [...places.keys()].sort();
  // Looked at again behind the locks.
  const [, now] = await together([lockContacts(ctx.tx, [...places.values()]), placesOf(known)]);
  if (known.some((id, index) => now[index]?.contactId !== places.get(id)?.contactId)) {
    // One more lock would be out of order.
    throw new ContactsMovedError('a conversation moved to another contact');
  }
  await together(known.map((id) => lockConversation(ctx.tx, workspaceId, id)));
  return new Set(known);
};

const refused = (conversationId: string, code: string): ForwardResult => ({
  conversationId,
  status: 'refused',
  code,
  messageId: null,
});

const sendCopies = async (
  ctx: Ctx,
  messageId: string,
  conversationIds: readonly string[],
): Promise<ForwardResult[]> => {
  const targets = [...conversationIds].sort();
  const known = await lockTargets(ctx, targets);
  // Once all that comes before it is locked: whoever covers it meanwhile waits, and finds the copies.
  const { id, ...content } = sourceFrom(
    await holdMessage(ctx.tx, ctx.actor.workspaceId, messageId),
  );
  if (content.text.length > longestText) {
    // Longer ones may come in; the channel would refuse each copy.
    return conversationIds.map((one) => refused(one, 'text-too-long'));
  }
  const results = new Map<string, ForwardResult>();
  for (const conversationId of targets) {
    if (!known.has(conversationId)) {
      results.set(conversationId, refused(conversationId, 'conversation-not-found'));
      continue;
    }
    const answer = await sendMessage(ctx, {
      conversationId,
      ...content,
      replyToId: null,
      forwardedFrom: id,
      idempotencyKey: null,
    });
    results.set(conversationId, toResult(conversationId, answer));
  }
  return conversationIds.flatMap((one) => results.get(one) ?? []);
};

/**
 * Sends a copy of a text, a file, a place, cards, or the words of what has no other form (decision 0044) to several conversations, each through the gate by itself: one blocked target fails alone, and
 * leaves its failed attempt there. The copies remember what they are copies of (lineage). The same key again: the first
 * answer for every target, whatever gate and windows say by now.
 * @throws AppError message-not-found, message-not-forwardable, message-covered, idempotency-key-reused
 */
export const forwardMessage = async (
  ctx: Ctx,
  messageId: string,
  conversationIds: readonly string[],
  idempotencyKey: string | null,
): Promise<ForwardResult[]> => {
  const targets = [...new Set(conversationIds)];
  const key = keyOf(ctx, idempotencyKey);
  const requestHash = hashOf(['forward', messageId, targets]);
  const known = await findAnswered(ctx, key, requestHash);
  if (known !== undefined) {
    return forwardAnswerSchema.shape.results.parse(known.answer);
  }
  // Refused before anything is locked where that is known already.
  sourceFrom(await findMessage(ctx.tx, ctx.actor.workspaceId, messageId));
  const results = await sendCopies(ctx, messageId, targets);
  if (key !== null) {
    await rememberKey(ctx.tx, key, requestHash, messageId, results);
  }
  return results;
};

const toResult = (
  conversationId: string,
  answer: Awaited<ReturnType<typeof sendMessage>>,
): ForwardResult =>
  answer.kind === 'queued'
    ? { conversationId, status: 'queued', messageId: answer.messageId }
    : answer.kind === 'refused'
      ? { conversationId, status: 'refused', code: answer.code, messageId: answer.messageId }
      : refused(conversationId, 'window-closed');
