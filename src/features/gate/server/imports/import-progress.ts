import type { Actor, Deps } from '#platform/server/deps.ts';
import { addStillOnWire, findApplying } from './import-store.ts';
import type { ImportPlace } from './job-names.ts';
import { findUndoing } from './undo-store.ts';

const administrator = (
  { startedByKind, startedBy }: { startedByKind: Actor['kind']; startedBy: string | null },
  workspaceId: string,
): Actor => ({ kind: startedByKind, id: startedBy, workspaceId, role: 'administrator' });

/** Whoever pressed *Importar* opens its blocks; undefined when there is nothing to do any more. */
export const findStarter = async (deps: Deps, place: ImportPlace): Promise<Actor | undefined> => {
  const { workspaceId, importId } = place;
  const applying = await findApplying(deps.db, workspaceId, importId);
  return applying?.state === 'applying' ? administrator(applying, workspaceId) : undefined;
};

/** Whoever pressed *Desfazer importação* lifts its blocks; undefined when there is nothing to do any more. */
export const findUndoer = async (deps: Deps, place: ImportPlace): Promise<Actor | undefined> => {
  const { workspaceId, importId } = place;
  const undoing = await findUndoing(deps.db, workspaceId, importId);
  return undoing?.undoState === 'running' ? administrator(undoing, workspaceId) : undefined;
};

export const noteStillOnWire = async (
  deps: Deps,
  { workspaceId, importId }: ImportPlace,
  count: number,
): Promise<void> => {
  if (count > 0) {
    await addStillOnWire(deps.db, workspaceId, importId, count);
  }
};
