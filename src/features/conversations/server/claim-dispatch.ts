import type { Channel, OutboundItem } from '#channels/channel.ts';
import { findAddress, lockContacts } from '#features/contacts/server/index.ts';
import { type Claim, checkGateOutbound, openClaim } from '#features/gate/server/index.ts';
import { findFileToSend, type OutboundFile } from '#features/media/server/index.ts';
import { needsFile, outboundTemplate } from '#features/templates/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { together } from '#platform/server/together.ts';
import { type ConversationPlace, findPlace } from './conversation-store.ts';
import type { ReadMarkPayload } from './delivery-jobs.ts';
import { findInboundUpTo, findOutboxHead, type OutboxHead, setDelivery } from './delivery-store.ts';
import { lockWhereItIs } from './lock-where-it-is.ts';
import { lockMessage, type MessageState } from './message-store.ts';
import { noteStopped } from './stopped/stopped-store.ts';
import { isStructured } from './structured.ts';
import { tellRefusal } from './tell-refusal.ts';
import { beginUpload, type PendingUpload } from './upload-before-claim.ts';
import { coveredCode } from './withhold/cover-messages.ts';

/** A claimed request, ready to be written. */
export interface Dispatch {
  readonly claim: Claim<OutboundItem>;
  readonly messageId: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly channelId: string;
  /** Tries that went before. */
  readonly attempts: number;
}

export type ClaimAnswer =
  | { readonly kind: 'claimed'; readonly dispatch: Dispatch }
  /** Its file goes to the channel first: a claim is taken right before the request (docs/gate.md, the proof). */
  | { readonly kind: 'upload'; readonly upload: PendingUpload }
  /** The next message of this conversation waits for its time. */
  | { readonly kind: 'later'; readonly at: Date }
  /** Nothing to send, or another process is at it and will go on. */
  | { readonly kind: 'idle' };

const tell = (ctx: Ctx, messageId: string, conversationId: string): void => {
  ctx.notices.add(ctx.actor.workspaceId, 'message', messageId);
  ctx.notices.add(ctx.actor.workspaceId, 'conversation', conversationId);
};

const refuse = async (
  ctx: Ctx,
  contactId: string,
  conversationId: string,
  messageId: string,
  code: string,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  tell(ctx, messageId, conversationId);
  ctx.notices.add(workspaceId, 'contact', contactId);
  await together([
    setDelivery(ctx.tx, workspaceId, messageId, { status: 'failed', errorCode: code }),
    noteStopped(ctx.tx, workspaceId, messageId),
    tellRefusal(ctx, { contactId, conversationId }, messageId, { code, stage: 'dispatch' }),
  ]);
};

const contentOf = (
  { kind: sentAs, text, payload, replyToExternalId }: OutboxHead,
  file: OutboundFile | undefined,
): OutboundItem['content'] => {
  const reply = replyToExternalId === null ? {} : { replyToExternalId };
  if (sentAs === 'template') {
    return { ...outboundTemplate(payload, file), ...reply };
  }
  if (isStructured(sentAs)) {
    return sentAs === 'reaction'
      ? { kind: sentAs, emoji: text, ...reply }
      : { kind: sentAs, text: text ?? '', payload, ...reply };
  }
  if (file === undefined) {
    return { kind: 'text', text: text ?? '', ...reply };
  }
  const { kind, providerMediaId, fileName } = file;
  return {
    kind,
    mediaId: providerMediaId ?? '',
    ...(text === null ? {} : { caption: text }),
    ...(fileName === null ? {} : { fileName }),
    ...reply,
  };
};

/**
 * Whoever covers or removes it decides under the message's own lock: nothing covered leaves.
 * @returns false when it does not wait any more
 */
const isWaiting = async (
  ctx: Ctx,
  messageId: string,
  message: MessageState | undefined,
): Promise<boolean> => {
  const { workspaceId } = ctx.actor;
  if (message?.status !== 'queued' || message.withheld === null) {
    return message?.status === 'queued';
  }
  const change = { status: 'failed', errorCode: 'content-covered' } as const;
  await setDelivery(ctx.tx, workspaceId, messageId, change);
  tell(ctx, messageId, message.conversationId);
  return false;
};

const claimHead = async (
  ctx: Ctx,
  place: ConversationPlace,
  conversationId: string,
  head: OutboxHead,
): Promise<ClaimAnswer | undefined> => {
  const { workspaceId } = ctx.actor;
  const { contactId, channelId } = place;
  const hasFile =
    head.kind === 'template'
      ? needsFile(head.payload)
      : head.kind !== 'text' && !isStructured(head.kind);
  const [message, file, to] = await together([
    lockMessage(ctx.tx, workspaceId, head.id),
    hasFile ? findFileToSend(ctx.tx, workspaceId, head.id) : undefined,
    findAddress(ctx.tx, workspaceId, contactId, channelId),
  ]);
  if (!(await isWaiting(ctx, head.id, message))) {
    return undefined;
  }
  if (hasFile && (file === undefined || file.isRepeat)) {
    await setDelivery(ctx.tx, workspaceId, head.id, {
      status: 'failed',
      // What is about to be covered does not leave before it is.
      errorCode: file === undefined ? 'file-missing' : coveredCode,
    });
    tell(ctx, head.id, conversationId);
    return undefined;
  }
  const item: OutboundItem = {
    workspaceId,
    channelId,
    to,
    messageId: head.id,
    content: contentOf(head, file),
  };
  const verdict = await checkGateOutbound(ctx, 'message', contactId, item, head.acceptedEpoch);
  if (verdict.kind === 'refuse') {
    await refuse(ctx, contactId, conversationId, head.id, verdict.code);
    return undefined;
  }
  const { id: messageId, attempts } = head;
  if (file !== undefined && file.providerMediaId === null) {
    const upload = { messageId, conversationId, channelId, attempts, file };
    await beginUpload(ctx, upload);
    return { kind: 'upload', upload };
  }
  const [claim] = await together([
    openClaim(ctx, verdict.passed, { contactId, channelId, messageId }),
    setDelivery(ctx.tx, workspaceId, messageId, { status: 'sending', addAttempt: true }),
  ]);
  tell(ctx, messageId, conversationId);
  const dispatch = { claim, messageId, conversationId, contactId, channelId, attempts };
  return { kind: 'claimed', dispatch };
};

/**
 * Claims the next message of a conversation: contact locked, gate and epoch asked again, state and claim written, in one
 * short transaction. Messages leave in the order they were written; one whose process died is never sent again and
 * becomes `unknown`.
 */
export const claimNextMessage = async (ctx: Ctx, conversationId: string): Promise<ClaimAnswer> => {
  const { workspaceId } = ctx.actor;
  const before = await findPlace(ctx.tx, workspaceId, conversationId);
  if (before === undefined) {
    return { kind: 'idle' };
  }
  // Looked at again behind the lock.
  const [, place, first] = await together([
    lockContacts(ctx.tx, [before]),
    findPlace(ctx.tx, workspaceId, conversationId),
    findOutboxHead(ctx.tx, workspaceId, conversationId),
  ]);
  if (place?.contactId !== before.contactId) {
    // Merged while we waited; the merge enqueued what remains.
    return { kind: 'idle' };
  }
  for (let head = first; ; head = await findOutboxHead(ctx.tx, workspaceId, conversationId)) {
    if (head === undefined || (head.status === 'sending' && !head.isAbandoned)) {
      return { kind: 'idle' };
    }
    if (head.status === 'sending') {
      await setDelivery(ctx.tx, workspaceId, head.id, { status: 'unknown' });
      tell(ctx, head.id, conversationId);
    } else if (head.waitsUntil !== null) {
      return { kind: 'later', at: head.waitsUntil };
    } else {
      const answer = await claimHead(ctx, place, conversationId, head);
      if (answer !== undefined) {
        return answer;
      }
    }
  }
};

/**
 * Claims a read mark for what somebody has seen, wherever a merge has moved it since.
 * @param canMarkRead of the channel: the newest such message, up to the one seen, is marked
 * @returns undefined when there is nothing to mark, or the gate is closed (G5)
 */
export const claimReadMark = async (
  ctx: Ctx,
  { messageId, acceptedEpoch }: Pick<ReadMarkPayload, 'messageId' | 'acceptedEpoch'>,
  canMarkRead: Channel['canMarkRead'],
): Promise<Dispatch | undefined> => {
  const { workspaceId } = ctx.actor;
  const seen = await lockWhereItIs(ctx, messageId);
  const all = await findInboundUpTo(ctx.tx, workspaceId, messageId);
  const last = all.find(({ externalId }) => canMarkRead(externalId));
  if (seen === undefined || last === undefined) {
    return undefined;
  }
  const { contactId, channelId, conversationId } = seen;
  const item: OutboundItem = {
    workspaceId,
    channelId,
    to: {},
    messageId: last.id,
    content: { kind: 'read', externalId: last.externalId },
  };
  const verdict = await checkGateOutbound(ctx, 'read-mark', contactId, item, acceptedEpoch);
  if (verdict.kind === 'refuse') {
    return undefined;
  }
  const about = { contactId, channelId, messageId: last.id };
  const claim = await openClaim(ctx, verdict.passed, about);
  return { claim, messageId: last.id, conversationId, contactId, channelId, attempts: 0 };
};
