import { z } from 'zod';
import type { Tx } from '#platform/server/deps.ts';
import { enqueue, enqueueAll } from '#platform/server/jobs.ts';

export const messagePayload = z.object({ workspaceId: z.uuid(), messageId: z.uuid() });
export type MessagePayload = z.infer<typeof messagePayload>;

export const filePayload = z.object({
  workspaceId: z.uuid(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type FilePayload = z.infer<typeof filePayload>;

/** Gets the file of one message from the channel. */
export const fetchMediaJob = { name: 'media.fetch' } as const;
/** Deletes one file if nothing names it. */
export const dropFileJob = { name: 'media.drop-file' } as const;
/** Deletes what nothing names any more, and asks again for what nobody is fetching. */
export const sweepMediaJob = { name: 'media.sweep' } as const;
/** Deletes bytes that are in no table. */
export const sweepOrphansJob = { name: 'media.sweep-orphans' } as const;

const keyFor = ({ messageId }: MessagePayload): string => `media:${messageId}`;

/** One waiting job a message. */
export const enqueueFetch = (tx: Tx, payload: MessagePayload, runAt?: Date): Promise<void> =>
  enqueue(tx, fetchMediaJob, payload, {
    key: keyFor(payload),
    ...(runAt === undefined ? {} : { runAt }),
  });

/** Of whatever is handed in only the ids: a job is no place for a file's name. */
export const enqueueFetches = (tx: Tx, messages: readonly MessagePayload[]): Promise<void> =>
  enqueueAll(
    tx,
    fetchMediaJob,
    messages.map(({ workspaceId, messageId }) => {
      const payload = { workspaceId, messageId };
      return { payload, key: keyFor(payload) };
    }),
  );

export const enqueueDrops = (
  tx: Tx,
  workspaceId: string,
  files: readonly Buffer[],
): Promise<void> =>
  enqueueAll(
    tx,
    dropFileJob,
    files.map((sha256) => {
      const payload = { workspaceId, sha256: sha256.toString('hex') };
      return { payload, key: `drop:${workspaceId}:${payload.sha256}` };
    }),
  );
