import type { SendOutcome } from '#channels/channel.ts';
import { lockContacts } from '#features/contacts/server/index.ts';
import { endClaim } from '#features/gate/server/index.ts';
import { forgetChannelFile } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import type { Dispatch } from './claim-dispatch.ts';
import { changeFor } from './delivery-change.ts';
import { enqueueDelivery } from './delivery-jobs.ts';
import { setDelivery } from './delivery-store.ts';
import { lockMessage } from './message-store.ts';

/** WhatsApp cannot use the file that the message names: the next message with it hands it over anew. */
const unusableFile = new Set([
  'whatsapp-100',
  'whatsapp-131009',
  'whatsapp-131052',
  'whatsapp-131053',
]);

/**
 * Records how a request ended and ends its claim, in one short transaction. A status webhook may have come first: what
 * it said stands.
 * @returns whether the next message of the conversation may follow at once
 */
export const markDelivery = async (
  ctx: Ctx,
  dispatch: Dispatch,
  outcome: SendOutcome,
): Promise<boolean> => {
  const { workspaceId } = ctx.actor;
  const { contactId, messageId, conversationId } = dispatch;
  await lockContacts(ctx.tx, [{ workspaceId, contactId }]);
  const message = await lockMessage(ctx.tx, workspaceId, messageId);
  // Of unknown end it counts as on the wire: a block names it, a status or a person ends it.
  if (outcome.kind !== 'unknown' && !(await endClaim(ctx.tx, workspaceId, dispatch.claim.id))) {
    // A status came first, or this is recorded for the second time and the message may be on the wire anew.
    return true;
  }
  if (message?.status !== 'sending' && message?.status !== 'unknown') {
    return true;
  }
  const change = changeFor(outcome, dispatch.attempts);
  await setDelivery(ctx.tx, workspaceId, messageId, change);
  if (outcome.kind === 'refused' && unusableFile.has(outcome.code)) {
    await forgetChannelFile(ctx.tx, workspaceId, messageId);
  }
  ctx.notices.add(workspaceId, 'message', messageId);
  ctx.notices.add(workspaceId, 'conversation', conversationId);
  if (change.status === 'queued' && change.nextAttemptInMs !== undefined) {
    const runAt = new Date(Date.now() + (change.nextAttemptInMs ?? 0));
    await enqueueDelivery(ctx.tx, { workspaceId, conversationId }, runAt);
  }
  return change.status !== 'queued';
};
