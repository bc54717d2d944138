import type { SendOutcome } from '#channels/channel.ts';
import { endClaim, noteListed } from '#features/gate/server/index.ts';
import { forgetChannelFile } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { settleEarly } from './actions/early-actions.ts';
import type { Dispatch } from './claim-dispatch.ts';
import { changeFor } from './delivery-change.ts';
import { enqueueDelivery } from './delivery-jobs.ts';
import { isOutdated, setDelivery } from './delivery-store.ts';
import { linkReplies } from './link-replies.ts';
import { isListedCode } from './listed-code.ts';
import { lockWhereItIs } from './lock-where-it-is.ts';
import type { MessageState } from './message-store.ts';

/** WhatsApp cannot use the file that the message names: the next message with it hands it over anew. */
const unusableFile = new Set([
  'whatsapp-100',
  'whatsapp-131009',
  'whatsapp-131052',
  'whatsapp-131053',
]);

/** The removal that an unblock asked for has not been carried out yet: the message waits for it instead of failing. */
const removalMs = 2_000;

/** WhatsApp's own list stood in the way. What we put there ourselves is on its way out, because the gate let this pass. */
const outcomeForListed = async (
  ctx: Ctx,
  message: MessageState,
  outcome: SendOutcome,
): Promise<SendOutcome> => {
  const isListed = outcome.kind === 'refused' && isListedCode(outcome.code);
  return isListed && (await noteListed(ctx, [message]))
    ? { kind: 'retry', code: outcome.code, afterMs: removalMs }
    : outcome;
};

/**
 * Records how a request ended and ends its claim, in one short transaction. A status webhook may have come first: what
 * it said stands. A merge during the request has moved the message: what follows, follows where it is now.
 * @returns the conversation whose next message may follow at once; null when none may
 */
export const markDelivery = async (
  ctx: Ctx,
  dispatch: Dispatch,
  outcome: SendOutcome,
): Promise<string | null> => {
  const { workspaceId } = ctx.actor;
  const { messageId } = dispatch;
  const message = await lockWhereItIs(ctx, messageId);
  const conversationId = message?.conversationId ?? dispatch.conversationId;
  // Of unknown end it counts as on the wire: a block names it, a status or a person ends it.
  if (outcome.kind !== 'unknown' && !(await endClaim(ctx.tx, workspaceId, dispatch.claim.id))) {
    // A status came first, or this is recorded for the second time and the message may be on the wire anew.
    return conversationId;
  }
  if (message?.status !== 'sending' && message?.status !== 'unknown') {
    return conversationId;
  }
  const asked = changeFor(await outcomeForListed(ctx, message, outcome), {
    attempts: dispatch.attempts,
    waitedMs: Date.now() - message.at.getTime(),
  });
  const waits = asked.status === 'queued' && !(await isOutdated(ctx.tx, workspaceId, messageId));
  // A block came meanwhile: it has its turn at once, is refused there like anything else, and holds up nothing that follows.
  const change = waits ? asked : { ...asked, nextAttemptInMs: null };
  await setDelivery(ctx.tx, workspaceId, messageId, change);
  if (change.externalId) {
    const known = [{ ...message, externalId: change.externalId }];
    await linkReplies(ctx, known);
    await settleEarly(ctx, known);
  }
  if (outcome.kind === 'refused' && unusableFile.has(outcome.code)) {
    await forgetChannelFile(ctx.tx, workspaceId, messageId);
  }
  ctx.notices.add(workspaceId, 'message', messageId);
  ctx.notices.add(workspaceId, 'conversation', conversationId);
  if (waits && change.nextAttemptInMs !== undefined) {
    const runAt = new Date(Date.now() + (change.nextAttemptInMs ?? 0));
    await enqueueDelivery(ctx.tx, { workspaceId, conversationId }, runAt);
  }
  return waits ? null : conversationId;
};
