import { type Ctx, type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { sealOf } from './seal-hash.ts';
import {
  type Head,
  listHeads,
  listUnsealed,
  type Seal,
  takeSealing,
  writeSeals,
} from './seal-store.ts';

/** In one transaction; a rest waits for the next one. */
const mostAtOnce = 500;

const sealSome = async ({ tx, keyed }: Ctx): Promise<number> => {
  if (!(await takeSealing(tx))) {
    return 0;
  }
  const events = await listUnsealed(tx, mostAtOnce);
  if (events.length === 0) {
    return 0;
  }
  const heads = await listHeads(tx, [...new Set(events.map((event) => event.workspaceId))]);
  const last = new Map<string, Head>(heads.map((head) => [head.workspaceId, head]));
  const seals = events.map((event): Seal => {
    const before = last.get(event.workspaceId);
    const seq = (before?.seq ?? 0) + 1;
    const seal: Seal = {
      ...{ workspaceId: event.workspaceId, seq, eventId: event.id },
      hash: sealOf(keyed, event, seq, before?.hash),
    };
    last.set(event.workspaceId, seal);
    return seal;
  });
  await writeSeals(tx, seals);
  return seals.length;
};

const nobody = systemActor('00000000-0000-0000-0000-000000000000');

/**
 * Seals what was appended to the audit logs of all workspaces and is committed. Only one process does at a time: where
 * another one is at it, nothing happens.
 * @returns how many events were sealed
 */
export const sealEvents = async (deps: Deps): Promise<number> => {
  let all = 0;
  for (;;) {
    const sealed = await inTx(deps, nobody, sealSome);
    all += sealed;
    if (sealed < mostAtOnce) {
      return all;
    }
  }
};
