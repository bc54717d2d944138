import { z } from 'zod';
import type { Tx } from '#platform/server/deps.ts';
import { enqueue } from '#platform/server/jobs.ts';

export const channelPayload = z.object({ workspaceId: z.uuid(), channelId: z.uuid() });
export type ChannelPayload = z.infer<typeof channelPayload>;

/** Reads the templates of one channel. */
export const syncTemplatesJob = { name: 'templates.sync' } as const;
/** Has every channel's templates read. */
export const syncAllTemplatesJob = { name: 'templates.sync-all' } as const;

/** One waiting job a channel; the hourly one comes anyway, so it gives up after some tries. */
export const enqueueSync = (tx: Tx, payload: ChannelPayload, runAt?: Date): Promise<void> =>
  enqueue(tx, syncTemplatesJob, payload, {
    key: `templates:${payload.channelId}`,
    maxAttempts: 6,
    ...(runAt === undefined ? {} : { runAt }),
  });
