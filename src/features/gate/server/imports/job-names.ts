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

/** Carries the undoing of an import on, a few seconds at a time. */
export const undoImportJob = { name: 'gate.undo-import' } as const;

/** In one queue with the imports: none of them applies what is being taken back. */
export const enqueueUndo = (tx: Tx, place: ImportPlace): Promise<void> =>
  enqueue(tx, undoImportJob, place, {
    key: `import-undo:${place.importId}`,
    queue: `imports:${place.workspaceId}`,
    maxAttempts: mostTries,
  });
