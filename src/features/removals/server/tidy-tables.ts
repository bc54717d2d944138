import { setTimeout as sleep } from 'node:timers/promises';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { isRetryableTransactionError } from '#platform/server/errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import { type CheckEnd, endCheck } from './checklist-store.ts';
import { finishIfWhole, nextTry } from './settle-request.ts';
import { tidySoon } from './settle-soon.ts';
import {
  findTablesDue,
  isStillSeen,
  rewrite,
  sizeOf,
  type TablesDue,
  type TouchedTable,
  touchedTables,
  vacuum,
} from './table-store.ts';

/** A table that is smaller is written anew at once, within about a second; a larger one at night (decision 0037). */
const smallBytes = 64 * 2 ** 20;
/** Requests that come while a table is asked for wait as long as this at most. */
const lockMs = 3_000;
/** Most transactions are over by then. */
const seenForMs = 5_000;

const nobody = systemActor(everyWorkspace);

type Trouble = 'transaction-open' | 'table-in-use' | 'table-not-ours';

interface Tidied {
  readonly rewritten: number;
  /** Larger ones, whose time has not come. */
  readonly isLeft: boolean;
  readonly trouble: Trouble | null;
}

const waitUntilUnseen = async (deps: Deps, requestIds: readonly string[]): Promise<boolean> => {
  const giveUpAt = performance.now() + seenForMs;
  while (await isStillSeen(deps.db, requestIds)) {
    if (performance.now() >= giveUpAt) {
      return false;
    }
    await sleep(250);
  }
  return true;
};

const rewriteOne = async (deps: Deps, table: TouchedTable): Promise<Trouble | null> => {
  try {
    return (await rewrite(deps.db, table, lockMs)) ? null : 'table-not-ours';
  } catch (error) {
    if (isRetryableTransactionError(error)) {
      return 'table-in-use';
    }
    throw error;
  }
};

const tidyAll = async (deps: Deps, { waiting, isQuiet }: TablesDue): Promise<Tidied> => {
  const requestIds = waiting.map(({ requestId }) => requestId);
  const large: TouchedTable[] = [];
  let rewritten = 0;
  if (!(await waitUntilUnseen(deps, requestIds))) {
    return { rewritten, isLeft: false, trouble: 'transaction-open' };
  }
  for (const table of touchedTables) {
    if (!isQuiet && (await sizeOf(deps.db, table)) > smallBytes) {
      await vacuum(deps.db, table);
      large.push(table);
    } else {
      const trouble = await rewriteOne(deps, table);
      if (trouble !== null) {
        return { rewritten, isLeft: false, trouble };
      }
      rewritten += 1;
    }
  }
  return { rewritten, isLeft: large.length > 0, trouble: null };
};

const endOf = (tidied: Tidied, tries: number, nextQuietAt: Date): CheckEnd => {
  if (tidied.trouble !== null) {
    return { state: 'failed', errorCode: tidied.trouble, at: nextTry(tries) };
  }
  return tidied.isLeft
    ? { state: 'pending', at: nextQuietAt }
    : { state: 'done', addedCount: tidied.rewritten };
};

/**
 * Takes what was removed out of the tables' own files, for every request that waits for it: small tables are written anew
 * at once, larger ones at night. Outside of any transaction.
 */
export const tidyTables = async (deps: Deps): Promise<void> => {
  const due = await inTx(deps, nobody, (ctx) => findTablesDue(ctx.tx));
  if (due.waiting.length === 0) {
    return;
  }
  const tidied = await tidyAll(deps, due);
  const ends = due.waiting.map((one) => ({
    ...one,
    end: endOf(tidied, one.tries, due.nextQuietAt),
  }));
  for (const { workspaceId, requestId, end } of ends) {
    await inTx(deps, systemActor(workspaceId), async (ctx) => {
      await endCheck(ctx.tx, workspaceId, requestId, 'tables', end);
      await finishIfWhole(ctx, requestId);
    });
  }
  const later = ends.flatMap(({ end }) => (end.state === 'done' ? [] : [end.at.getTime()]));
  if (later.length > 0) {
    await inTx(deps, nobody, (ctx) => tidySoon(ctx, new Date(Math.min(...later))));
  }
};
