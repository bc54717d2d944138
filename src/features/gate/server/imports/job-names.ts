import { z } from 'zod';
import type { Tx } from '#platform/server/deps.ts';
import { enqueue } from '#platform/server/jobs.ts';

export const importPayload = z.object({ workspaceId: z.uuid(), importId: z.uuid() });
export type ImportPlace = z.infer<typeof importPayload>;

/** Carries an import on, a few seconds at a time. */
export const applyImportJob = { name: 'gate.apply-import' } as const;

/** After so many tries that failed it ends, and says what it has done. */
export const mostTries = 8;

/** Those of one workspace run one after another. */
export const enqueueImport = (tx: Tx, place: ImportPlace): Promise<void> =>
  enqueue(tx, applyImportJob, place, {
    key: `import:${place.importId}`,
    queue: `imports:${place.workspaceId}`,
    maxAttempts: mostTries,
  });
