import { z } from 'zod';
import type { Tx } from '#platform/server/deps.ts';
import { enqueue } from '#platform/server/jobs.ts';

/** Compares whom we know with a list, and with all others in use, a few seconds at a time. */
export const matchListsJob = { name: 'gate.match-exchange-lists' } as const;
export const matchPayload = z.object({
  workspaceId: z.uuid(),
  listId: z.uuid(),
  /** The last number that was compared. */
  after: z.uuid().optional(),
});
export type MatchPayload = z.infer<typeof matchPayload>;

/** Stretches the numbers of an export, a few seconds at a time. */
export const stretchExportJob = { name: 'gate.stretch-export' } as const;
export const exportPayload = z.object({ workspaceId: z.uuid(), exportId: z.uuid() });
export type ExportPayload = z.infer<typeof exportPayload>;

/** Work for the processor: in one queue for the installation, so that it never takes more than Node's four threads once. */
const queue = 'exchange';

export const enqueueMatching = (tx: Tx, payload: MatchPayload): Promise<void> =>
  enqueue(tx, matchListsJob, payload, { key: `exchange-match:${payload.listId}`, queue });

export const enqueueStretching = (tx: Tx, payload: ExportPayload): Promise<void> =>
  enqueue(tx, stretchExportJob, payload, { key: `exchange-export:${payload.exportId}`, queue });
