import { setTimeout as sleep } from 'node:timers/promises';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { keyOf, type SpooledFile } from '#platform/server/files/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import {
  type FileOfWorkspace,
  forgetFile,
  holdFile,
  markDeleting,
  releaseHolds,
} from './file-store.ts';

/** How long a deletion of the very same bytes may take before we give up on keeping them. */
const longestWaitMs = 10_000;

const byHash = (a: SpooledFile, b: SpooledFile): number => Buffer.compare(a.sha256, b.sha256);

/** @returns false while one of them is being deleted */
const hold = (
  deps: Deps,
  workspaceId: string,
  files: readonly SpooledFile[],
  holdId: string,
): Promise<boolean> =>
  inTx(deps, systemActor(workspaceId), async (ctx) => {
    for (const { sha256, sizeBytes } of files) {
      if (!(await holdFile(ctx.tx, { workspaceId, sha256, sizeBytes }, holdId))) {
        await releaseHolds(ctx.tx, workspaceId, holdId);
        return false;
      }
    }
    return true;
  });

/**
 * Puts files where they stay, then runs the transaction that names them. Until it has, they are held, so that nobody
 * deletes them; what it does not name is deleted again at once.
 * @param name says whether it named them; the files are there when it runs
 */
export const keepFiles = async (
  deps: Deps,
  workspaceId: string,
  spooled: readonly SpooledFile[],
  name: () => Promise<boolean>,
): Promise<void> => {
  const files = [...new Map(spooled.map((f) => [f.sha256.toString('hex'), f])).values()].sort(
    byHash,
  );
  const holdId = newId();
  const giveUpAt = performance.now() + longestWaitMs;
  while (!(await hold(deps, workspaceId, files, holdId))) {
    if (performance.now() >= giveUpAt) {
      throw new Error('the same file is being deleted');
    }
    await sleep(100);
  }
  let isNamed = false;
  try {
    for (const file of files) {
      await deps.files.put(keyOf(workspaceId, file.sha256), file);
    }
    isNamed = await name();
  } finally {
    await inTx(deps, systemActor(workspaceId), (ctx) => releaseHolds(ctx.tx, workspaceId, holdId));
    for (const { sha256 } of isNamed ? [] : files) {
      await dropFile(deps, { workspaceId, sha256 });
    }
  }
};

/**
 * Deletes a file that nothing names: marked first, so that nobody names it meanwhile, then its bytes, then its row.
 * @returns whether it is gone
 */
export const dropFile = async (deps: Deps, file: FileOfWorkspace): Promise<boolean> => {
  const actor = systemActor(file.workspaceId);
  if (!(await inTx(deps, actor, (ctx) => markDeleting(ctx.tx, file)))) {
    return false;
  }
  await deps.files.delete(keyOf(file.workspaceId, file.sha256));
  await inTx(deps, actor, (ctx) => forgetFile(ctx.tx, file));
  return true;
};
