import type { Actor, Deps } from '#platform/server/deps.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import type { Job } from '#platform/server/jobs.ts';
import { awaitWire } from '../await-wire.ts';
import { applyRows } from './apply-rows.ts';
import { findStarter, noteStillOnWire } from './import-progress.ts';
import {
  applyImportJob,
  enqueueImport,
  type ImportPlace,
  importPayload,
  mostTries,
} from './job-names.ts';
import { finishImport } from './run-import.ts';

/** Then it gives way to other jobs; a process that stops loses no more than one batch. */
const longestRunMs = 2_000;

/** @returns whether nothing is left to do */
const applyForAWhile = async (deps: Deps, actor: Actor, place: ImportPlace): Promise<boolean> => {
  const until = performance.now() + longestRunMs;
  while (performance.now() < until) {
    const { isOver, onWire } = await inTx(deps, actor, (ctx) => applyRows(ctx, place.importId));
    if (isOver) {
      return true;
    }
    // As a block by hand does (G2), for all whom this batch has blocked.
    const left = await awaitWire(deps.db, place.workspaceId, onWire);
    await noteStillOnWire(deps, place, left.length);
  }
  return false;
};

export const applyImport: Job<ImportPlace> = {
  ...applyImportJob,
  payload: importPayload,
  run: async (place, { deps, attempt }) => {
    const actor = await findStarter(deps, place);
    if (actor === undefined) {
      return;
    }
    try {
      if (!(await applyForAWhile(deps, actor, place))) {
        await inTx(deps, actor, ({ tx }) => enqueueImport(tx, place));
      }
    } catch (error) {
      if (attempt >= mostTries) {
        const system = systemActor(place.workspaceId);
        await inTx(deps, system, (ctx) => finishImport(ctx, place.importId, 'failed'));
      }
      throw error;
    }
  },
};
