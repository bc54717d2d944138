import type { Actor, Deps } from '#platform/server/deps.ts';
import { addStillOnWire, findApplying } from './import-store.ts';
import type { ImportPlace } from './job-names.ts';

/** Whoever pressed *Importar* opens its blocks; undefined when there is nothing to do any more. */
export const findStarter = async (deps: Deps, place: ImportPlace): Promise<Actor | undefined> => {
  const { workspaceId, importId } = place;
  const applying = await findApplying(deps.db, workspaceId, importId);
  return applying?.state === 'applying'
    ? {
        kind: applying.startedByKind,
        id: applying.startedBy,
        workspaceId,
        role: 'administrator',
      }
    : undefined;
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
