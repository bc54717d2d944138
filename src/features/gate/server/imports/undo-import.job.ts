import type { Actor, Deps } from '#platform/server/deps.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import type { Job } from '#platform/server/jobs.ts';
import { findUndoer } from './import-progress.ts';
import {
  enqueueUndo,
  type ImportPlace,
  importPayload,
  mostTries,
  undoImportJob,
} from './job-names.ts';
import { finishUndo } from './undo-import.ts';
import { undoRows } from './undo-rows.ts';

/** Then it gives way to other jobs; a process that stops loses no more than one batch. */
const longestRunMs = 2_000;

/** @returns whether nothing is left to do */
const undoForAWhile = async (deps: Deps, actor: Actor, place: ImportPlace): Promise<boolean> => {
  const until = performance.now() + longestRunMs;
  while (performance.now() < until) {
    if (await inTx(deps, actor, (ctx) => undoRows(ctx, place.importId))) {
      return true;
    }
  }
  return false;
};

export const undoImport: Job<ImportPlace> = {
  ...undoImportJob,
  payload: importPayload,
  run: async (place, { deps, attempt }) => {
    const actor = await findUndoer(deps, place);
    if (actor === undefined) {
      return;
    }
    try {
      if (!(await undoForAWhile(deps, actor, place))) {
        await inTx(deps, actor, ({ tx }) => enqueueUndo(tx, place));
      }
    } catch (error) {
      if (attempt >= mostTries) {
        const system = systemActor(place.workspaceId);
        await inTx(deps, system, (ctx) => finishUndo(ctx, place.importId, 'failed'));
      }
      throw error;
    }
  },
};
