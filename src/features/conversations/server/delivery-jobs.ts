import { z } from 'zod';
import type { Tx } from '#platform/server/deps.ts';
import { enqueue } from '#platform/server/jobs.ts';

export const conversationPayload = z.object({ workspaceId: z.uuid(), conversationId: z.uuid() });
export type ConversationPayload = z.infer<typeof conversationPayload>;

/**
 * A read mark, like a message, leaves under the epoch at which it was asked for, or never. It is of the newest message
 * of the person that was there then.
 */
export const readMarkPayload = conversationPayload.extend({
  messageId: z.uuid(),
  acceptedEpoch: z.int(),
});
export type ReadMarkPayload = z.infer<typeof readMarkPayload>;

/** Sends what waits in one conversation, one message after another. */
export const deliverJob = { name: 'conversations.deliver' } as const;
export const markReadJob = { name: 'conversations.mark-read' } as const;
/** Finds what a process that died has left behind. */
export const sweepJob = { name: 'conversations.sweep' } as const;
/** Makes messages findable by their words. */
export const indexMessagesJob = { name: 'conversations.index-messages' } as const;

/** One waiting job a conversation: it sends everything that is there when it runs. */
export const enqueueDelivery = (
  tx: Tx,
  payload: ConversationPayload,
  runAt?: Date,
): Promise<void> =>
  enqueue(tx, deliverJob, payload, {
    key: `deliver:${payload.conversationId}`,
    ...(runAt === undefined ? {} : { runAt }),
  });
