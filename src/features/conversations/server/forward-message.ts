import type { z } from 'zod';
import { ContactsMovedError, lockContacts } from '#features/contacts/server/index.ts';
import { type MediaKind, mediaKindSchema } from '#features/media/contract.ts';
import { shownTemplate } from '#features/templates/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { together } from '#platform/server/together.ts';
import { forwardAnswerSchema, longestText } from '../contract.ts';
import {
  type ConversationPlace,
  findPlace,
  type LockedConversation,
  lockConversation,
} from './conversation-store.ts';
import { textToForward } from './forward-text.ts';
import { findAnswered, hashOf, keyOf } from './idempotency-key.ts';
import { rememberKey } from './idempotency-store.ts';
import { findMessage, holdMessage, type MessageState } from './message-store.ts';
import { type SendInput, sendLocked, type sendMessage } from './send-message.ts';
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

type Place = ConversationPlace & { readonly id: string };

/** Where the targets are that there are. */
const placesOf = async (ctx: Ctx, targets: readonly string[]): Promise<Place[]> => {
  const found = await together(targets.map((id) => findPlace(ctx.tx, ctx.actor.workspaceId, id)));
  return found.flatMap((place, index) => {
    const id = targets[index];
    return place === undefined || id === undefined ? [] : [{ ...place, id }];
  });
};

interface Locked {
  readonly conversations: ReadonlyMap<string, LockedConversation>;
  readonly message: MessageState | undefined;
}

/**
 * The contacts of the targets in one sorted statement, then these in their order, then the message that is copied: whoever covers it
 * meanwhile waits, and finds the copies.
 * @throws ContactsMovedError when a merge has moved one of them; one more lock would be out of order
 */
const lockAll = async (ctx: Ctx, places: readonly Place[], messageId: string): Promise<Locked> => {
  const { workspaceId } = ctx.actor;
  const [, found, message] = await together([
    lockContacts(ctx.tx, places),
    together(places.map(({ id }) => lockConversation(ctx.tx, workspaceId, id))),
    holdMessage(ctx.tx, workspaceId, messageId),
  ]);
  if (places.some(({ contactId }, index) => found[index]?.contactId !== contactId)) {
    throw new ContactsMovedError('a conversation moved to another contact');
  }
  const conversations = found.flatMap((one) => (one === undefined ? [] : [[one.id, one] as const]));
  return { conversations: new Map(conversations), message };
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
  places: readonly Place[],
): Promise<ForwardResult[]> => {
  const { conversations, message } = await lockAll(ctx, places, messageId);
  const { id, ...content } = sourceFrom(message);
  if (content.text.length > longestText) {
    // Longer ones may come in; the channel would refuse each copy.
    return conversationIds.map((one) => refused(one, 'text-too-long'));
  }
  const results = new Map<string, ForwardResult>();
  const rest = { replyToId: null, forwardedFrom: id, idempotencyKey: null };
  for (const [conversationId, conversation] of conversations) {
    const answer = await sendLocked(ctx, conversation, { conversationId, ...content, ...rest });
    results.set(conversationId, toResult(conversationId, answer));
  }
  return conversationIds.map((one) => results.get(one) ?? refused(one, 'conversation-not-found'));
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
  const [message, places] = await together([
    findMessage(ctx.tx, ctx.actor.workspaceId, messageId),
    placesOf(ctx, [...targets].sort()),
  ]);
  // Refused before anything is locked where that is known already.
  sourceFrom(message);
  const results = await sendCopies(ctx, messageId, targets, places);
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
