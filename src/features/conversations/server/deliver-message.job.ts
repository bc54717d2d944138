import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, SendOutcome, UploadOutcome } from '#channels/channel.ts';
import { ClaimExpiredError, endClaim } from '#features/gate/server/index.ts';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { isDatabaseAwayError, isRetryableTransactionError } from '#platform/server/errors.ts';
import { keyOf } from '#platform/server/files/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type AnyJob, forList, type Job } from '#platform/server/jobs.ts';
import { claimNextMessage, claimReadMark, type Dispatch } from './claim-dispatch.ts';
import {
  type ConversationPayload,
  conversationPayload,
  deliverJob,
  enqueueDelivery,
  markReadJob,
  type ReadMarkPayload,
  readMarkPayload,
} from './delivery-jobs.ts';
import { markDelivery } from './mark-delivery.ts';
import { endUpload, type PendingUpload, uploadTimeoutMs } from './upload-before-claim.ts';

/** Between the claim and the record: the one moment in which something leaves. Outside any transaction. */
const write = async (channel: Channel, dispatch: Dispatch): Promise<SendOutcome> => {
  const { claim, attempts } = dispatch;
  try {
    return await channel.send(claim, { signal: claim.signal(), attempt: attempts });
  } catch (error) {
    if (error instanceof ClaimExpiredError) {
      // This process was stopped for a while: nothing was written, and the gate is asked anew.
      return { kind: 'retry', code: 'not-sent-in-time', afterMs: 0 };
    }
    throw error;
  }
};

/** A killed database is back by then; after it the message stays of unknown end. */
const longestRecordMs = 60_000;

/** How a request ended is known here alone: a database that is away, or busy, is waited for. `work` may run twice. */
const record = async <T>(work: () => Promise<T>): Promise<T> => {
  const giveUpAt = performance.now() + longestRecordMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isPassing = isDatabaseAwayError(error) || isRetryableTransactionError(error);
      if (!isPassing || performance.now() >= giveUpAt) {
        throw error;
      }
    }
    await sleep(250);
  }
};

/** The file, from where it lies to the channel: before any claim, outside any transaction. */
const handOver = async (
  deps: Deps,
  channel: Channel,
  { channelId, attempts, file }: PendingUpload,
): Promise<UploadOutcome> => {
  const { workspaceId, sha256, mimeType, sizeBytes } = file;
  const bytes = await deps.files.get(keyOf(workspaceId, sha256));
  if (bytes === undefined) {
    return { kind: 'refused', code: 'file-missing' };
  }
  const signal = AbortSignal.timeout(uploadTimeoutMs(sizeBytes));
  try {
    const request = { workspaceId, channelId, mimeType, sizeBytes, bytes };
    return await channel.uploadMedia(request, { signal, attempt: attempts });
  } finally {
    bytes.destroy();
  }
};

const deliver = async (
  deps: Deps,
  channel: Channel,
  { workspaceId, conversationId: first }: ConversationPayload,
): Promise<void> => {
  const actor = systemActor(workspaceId);
  for (let next: string | null = first; next !== null; ) {
    const conversationId: string = next;
    const answer = await inTx(deps, actor, (ctx) => claimNextMessage(ctx, conversationId));
    if (answer.kind === 'later') {
      const payload = { workspaceId, conversationId };
      await inTx(deps, actor, (ctx) => enqueueDelivery(ctx.tx, payload, answer.at));
    }
    if (answer.kind === 'upload') {
      const { upload } = answer;
      const outcome = await handOver(deps, channel, upload);
      next = await inTx(deps, actor, (ctx) => endUpload(ctx, upload, outcome));
      continue;
    }
    if (answer.kind !== 'claimed') {
      return;
    }
    const outcome = await write(channel, answer.dispatch);
    next = await record(() =>
      inTx(deps, actor, (ctx) => markDelivery(ctx, answer.dispatch, outcome)),
    );
  }
};

const markRead = async (deps: Deps, channel: Channel, payload: ReadMarkPayload): Promise<void> => {
  const { workspaceId } = payload;
  const actor = systemActor(workspaceId);
  const dispatch = await inTx(deps, actor, (ctx) =>
    claimReadMark(ctx, payload, channel.canMarkRead),
  );
  if (dispatch === undefined) {
    return;
  }
  const outcome = await write(channel, dispatch);
  await record(() => inTx(deps, actor, (ctx) => endClaim(ctx.tx, workspaceId, dispatch.claim.id)));
  if (outcome.kind === 'retry') {
    throw new Error('WhatsApp asked to mark as read later');
  }
};

/** The jobs that write to WhatsApp. @param channel of the one kind there is today */
export const deliveryJobs = (channel: Channel): AnyJob[] => {
  const deliverMessages: Job<ConversationPayload> = {
    ...deliverJob,
    payload: conversationPayload,
    run: (payload, { deps }) => deliver(deps, channel, payload),
  };
  const markAsRead: Job<ReadMarkPayload> = {
    ...markReadJob,
    payload: readMarkPayload,
    run: (payload, { deps }) => markRead(deps, channel, payload),
  };
  return [forList(deliverMessages), forList(markAsRead)];
};
