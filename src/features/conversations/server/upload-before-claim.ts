import type { UploadOutcome } from '#channels/channel.ts';
import { type OutboundFile, rememberChannelFile } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { changeFor } from './delivery-change.ts';
import { enqueueDelivery } from './delivery-jobs.ts';
import { setDelivery } from './delivery-store.ts';
import { lockWhereItIs } from './lock-where-it-is.ts';

/** A message whose file the channel must have before a request can name it. */
export interface PendingUpload {
  readonly messageId: string;
  readonly conversationId: string;
  readonly channelId: string;
  /** Tries that went before. */
  readonly attempts: number;
  readonly file: OutboundFile;
}

/** A slow line still carries so much. */
const slowestBytesPerMs = 128;

export const uploadTimeoutMs = (sizeBytes: number): number =>
  30_000 + Math.ceil(sizeBytes / slowestBytesPerMs);

/**
 * The message goes on waiting, and so do those behind it: nobody else takes it before this upload must be over. A
 * process that dies leaves it to the next sweep after that.
 */
export const beginUpload = (ctx: Ctx, { messageId, file }: PendingUpload): Promise<void> =>
  setDelivery(ctx.tx, ctx.actor.workspaceId, messageId, {
    status: 'queued',
    nextAttemptInMs: uploadTimeoutMs(file.sizeBytes) + 10_000,
  });

/**
 * Remembers under which name the channel has the file, and lets the message take its turn again: claimed anew, by the
 * gate as it is then. What a block made of it meanwhile stands.
 * @returns the conversation that may go on at once, where a merge has left it; null when it has to wait
 */
export const endUpload = async (
  ctx: Ctx,
  upload: PendingUpload,
  outcome: UploadOutcome,
): Promise<string | null> => {
  const { workspaceId } = ctx.actor;
  const { messageId, channelId, attempts, file } = upload;
  const message = await lockWhereItIs(ctx, messageId);
  const conversationId = message?.conversationId ?? upload.conversationId;
  if (outcome.kind === 'stored') {
    await rememberChannelFile(ctx.tx, { ...file, channelId }, outcome);
  }
  if (message?.status !== 'queued') {
    return conversationId;
  }
  if (outcome.kind === 'stored') {
    await setDelivery(ctx.tx, workspaceId, messageId, { status: 'queued' });
    return conversationId;
  }
  const change = changeFor(outcome, { attempts, waitedMs: Date.now() - message.at.getTime() });
  await setDelivery(ctx.tx, workspaceId, messageId, { ...change, addAttempt: true });
  ctx.notices.add(workspaceId, 'message', messageId);
  ctx.notices.add(workspaceId, 'conversation', conversationId);
  if (change.status === 'queued') {
    const runAt = new Date(Date.now() + (change.nextAttemptInMs ?? 0));
    await enqueueDelivery(ctx.tx, { workspaceId, conversationId }, runAt);
    return null;
  }
  return conversationId;
};
