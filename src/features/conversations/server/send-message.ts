import { ContactsMovedError, lockContacts } from '#features/contacts/server/index.ts';
import { checkGateOutbound } from '#features/gate/server/index.ts';
import {
  chooseFile,
  type FileChoice,
  type FileToSend,
  nameFile,
} from '#features/media/server/index.ts';
import type { SendTemplate } from '#features/templates/contract.ts';
import { chooseTemplate, type TemplateAgain } from '#features/templates/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { together } from '#platform/server/together.ts';
import { newId } from '#platform/shared/ids.ts';
import { takeIfQueued } from './assign-conversation.ts';
import {
  applyDeltas,
  clearUnread,
  findPlace,
  type LockedConversation,
  lockConversation,
} from './conversation-store.ts';
import { enqueueDelivery } from './delivery-jobs.ts';
import { findAnswered, hashOf, keyOf } from './idempotency-key.ts';
import { type KnownKey, rememberKey } from './idempotency-store.ts';
import { enqueueLinkCard } from './link-card/link-card-jobs.ts';
import { enqueueIndexing } from './message-index-store.ts';
import {
  findMessage,
  insertQueued,
  insertRefused,
  type MessageState,
  type OutboundRow,
} from './message-store.ts';
import type { Structured } from './structured.ts';
import { tellRefusal } from './tell-refusal.ts';

export interface SendInput {
  readonly conversationId: string;
  /** Of a file its caption; empty for none. */
  readonly text: string;
  /** The file that goes with it: an upload, or the one of the message that is forwarded. */
  readonly media?: FileChoice;
  /** Instead of a file: a place, cards, buttons, a list, a reaction. */
  readonly structured?: Structured;
  /** The template that it is made of, which brings its own text and file: may be sent outside the window too. */
  readonly template?: SendTemplate | TemplateAgain;
  readonly replyToId: string | null;
  readonly forwardedFrom: string | null;
  readonly idempotencyKey: string | null;
}

type Said = Pick<OutboundRow, 'kind' | 'text' | 'payload'> & {
  readonly file: FileToSend | undefined;
};

/** A refusal is an outcome, not an exception: the failed attempt it leaves must be committed. */
export type SendAnswer =
  | { readonly kind: 'queued'; readonly messageId: string }
  | { readonly kind: 'refused'; readonly code: 'contact-blocked'; readonly messageId: string }
  | { readonly kind: 'window-closed' };

const lockPlace = async (ctx: Ctx, conversationId: string): Promise<LockedConversation> => {
  const { workspaceId } = ctx.actor;
  const before = await findPlace(ctx.tx, workspaceId, conversationId);
  if (before === undefined) {
    throw notFound('conversation');
  }
  const [, conversation] = await together([
    lockContacts(ctx.tx, [before]),
    lockConversation(ctx.tx, workspaceId, conversationId),
  ]);
  if (conversation?.contactId !== before.contactId) {
    throw new ContactsMovedError('the conversation moved to another contact');
  }
  return conversation;
};

/** The same key again: the first answer, whatever the gate and the window say by now. */
const answerAgain = async (ctx: Ctx, known: KnownKey): Promise<SendAnswer> => {
  const { messageId } = known;
  const message = await findMessage(ctx.tx, ctx.actor.workspaceId, messageId);
  // Refused when it was accepted: a message that was queued first has an epoch. Of a removed one no code is left to say so.
  return message?.acceptedEpoch === null &&
    (message.errorCode === 'contact-blocked' || message.withheld === 'removed')
    ? { kind: 'refused', code: 'contact-blocked', messageId }
    : { kind: 'queued', messageId };
};

const requestHash = (input: SendInput): Buffer =>
  hashOf([
    ...[input.conversationId, input.text, input.replyToId, input.forwardedFrom],
    ...(input.media === undefined ? [] : [input.media]),
    ...(input.structured === undefined ? [] : [input.structured]),
    ...(input.template === undefined ? [] : [input.template]),
  ]);

/**
 * Whether this very request was answered before.
 * @throws AppError idempotency-key-reused
 */
export const wasAnswered = async (ctx: Ctx, input: SendInput): Promise<boolean> =>
  (await findAnswered(ctx, keyOf(ctx, input.idempotencyKey), requestHash(input))) !== undefined;

/** @throws AppError message-not-found */
const findQuoted = async (ctx: Ctx, input: SendInput): Promise<MessageState | undefined> => {
  if (input.replyToId === null) {
    return undefined;
  }
  const quoted = await findMessage(ctx.tx, ctx.actor.workspaceId, input.replyToId);
  if (quoted?.conversationId !== input.conversationId) {
    throw notFound('message');
  }
  return quoted;
};

const refuse = async (
  ctx: Ctx,
  row: OutboundRow,
  file: FileToSend | undefined,
): Promise<SendAnswer> => {
  const { workspaceId } = ctx.actor;
  ctx.notices.add(workspaceId, 'message', row.id);
  await together([
    insertRefused(ctx.tx, row, 'contact-blocked'),
    nameFile(ctx, row.id, file),
    enqueueIndexing(ctx.tx, [row]),
    tellRefusal(ctx, row, row.id, { code: 'contact-blocked', stage: 'accept' }),
  ]);
  return { kind: 'refused', code: 'contact-blocked', messageId: row.id };
};

const moveAlong = async (
  ctx: Ctx,
  conversation: LockedConversation,
  message: { id: string; at: Date },
) => {
  const { workspaceId } = ctx.actor;
  const delta = {
    workspaceId,
    conversationId: conversation.id,
    unread: 0,
    lastMessageId: message.id,
    lastActivityAt: message.at,
    lastInboundAt: null,
    answeredAt: 'now',
    waitingSince: null,
    reopens: true,
  } as const;
  await together([applyDeltas(ctx.tx, [delta]), clearUnread(ctx.tx, workspaceId, conversation.id)]);
};

/** What is said, as it is stored: a template is filled in before anything asks the gate. */
const saidBy = async (ctx: Ctx, input: SendInput, channelId: string): Promise<Said> => {
  const { text, media, structured, template } = input;
  if (structured !== undefined) {
    return { ...structured, text, file: undefined };
  }
  if (template === undefined) {
    const file = media === undefined ? undefined : await chooseFile(ctx, media);
    // Beside the file's own row: searches look here.
    const payload = file?.fileName ? { fileName: file.fileName } : {};
    return { kind: media?.kind ?? 'text', text, payload, file };
  }
  const filled = await chooseTemplate(ctx, channelId, template);
  const file = filled.file === null ? undefined : await chooseFile(ctx, filled.file);
  return { kind: 'template', text: filled.text, payload: filled.payload, file };
};

/**
 * Accepts something for sending, or keeps the refused attempt (G2). Answering from the queue takes the conversation; a
 * reaction is no answer.
 * @throws AppError conversation-not-found, message-not-found, message-covered (reply), upload-not-found, upload-of-another-kind,
 *   template-not-found, template-not-sendable, template-parameters, message-not-forwardable, idempotency-key-reused
 */
export const sendMessage = async (ctx: Ctx, input: SendInput): Promise<SendAnswer> =>
  sendLocked(ctx, await lockPlace(ctx, input.conversationId), input);

/** The same in a conversation that is locked, as its contact is. */
export const sendLocked = async (
  ctx: Ctx,
  conversation: LockedConversation,
  input: SendInput,
): Promise<SendAnswer> => {
  const { workspaceId } = ctx.actor;
  const quoted = await findQuoted(ctx, input);
  const key = keyOf(ctx, input.idempotencyKey);
  const known = await findAnswered(ctx, key, requestHash(input));
  if (known !== undefined) {
    return answerAgain(ctx, known);
  }
  if (quoted !== undefined && quoted.withheld !== null) {
    throw new AppError('message-covered', 409);
  }
  const { file, ...said } = await saidBy(ctx, input, conversation.channelId);
  const row: OutboundRow = {
    workspaceId,
    id: newId(),
    conversationId: conversation.id,
    contactId: conversation.contactId,
    channelId: conversation.channelId,
    ...said,
    author: ctx.actor,
    replyToId: input.replyToId,
    forwardedFrom: input.forwardedFrom,
  };
  const verdict = await checkGateOutbound(ctx, 'message', conversation.contactId, row, null);
  if (verdict.kind === 'pass' && !conversation.isWindowOpen && row.kind !== 'template') {
    return { kind: 'window-closed' };
  }
  if (key !== null) {
    await rememberKey(ctx.tx, key, requestHash(input), row.id);
  }
  if (verdict.kind === 'refuse') {
    return refuse(ctx, row, file);
  }
  const isAnswer = row.kind !== 'reaction';
  if (isAnswer) {
    // Ahead of the message, in the thread as well.
    await takeIfQueued(ctx, conversation);
  }
  const at = await insertQueued(ctx.tx, verdict.passed);
  await together([
    nameFile(ctx, row.id, file),
    enqueueLinkCard(ctx.tx, row),
    enqueueIndexing(ctx.tx, [row]),
    isAnswer ? moveAlong(ctx, conversation, { id: row.id, at }) : undefined,
    enqueueDelivery(ctx.tx, { workspaceId, conversationId: conversation.id }),
  ]);
  ctx.notices.add(workspaceId, 'message', row.id);
  ctx.notices.add(workspaceId, 'conversation', conversation.id);
  return { kind: 'queued', messageId: row.id };
};
