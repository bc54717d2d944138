import { setTimeout as sleep } from 'node:timers/promises';
import { createDb, createPool, noLimits } from '#platform/server/db.ts';
import { type Db, type Deps, systemActor } from '#platform/server/deps.ts';
import { isRetryableTransactionError } from '#platform/server/errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import { type CheckEnd, endCheck } from './checklist-store.ts';
import { finishIfWhole, nextTry } from './settle-request.ts';
import { tidySoon } from './settle-soon.ts';
import {
  analyseAnew,
  findNextDue,
  findTablesDue,
  isSeenSince,
  isStillSeen,
  namedTables,
  personTables,
  rewrite,
  rewriteStatistics,
  sizeOf,
  type TablesDue,
  type TouchedTable,
  touchedTables,
  vacuum,
} from './table-store.ts';

/** How much of the day's work a pass may hold up. */
export interface TidyLimits {
  /** A table that is smaller is written anew at once; a larger one at night (decision 0037). */
  readonly smallBytes: number;
  /** Requests that come while a table is asked for wait as long as this at most. */
  readonly lockMs: number;
}
const usual: TidyLimits = { smallBytes: 64 * 2 ** 20, lockMs: 3_000 };
/** Most transactions are over by then. */
const seenForMs = 5_000;

const nobody = systemActor(everyWorkspace);

type Trouble = 'transaction-open' | 'table-in-use' | 'table-not-ours';

interface Tidied {
  readonly rewritten: number;
  /** Tables whose statistics were made anew. */
  readonly forgotten: number;
  /** Larger ones, whose time has not come. */
  readonly isLeft: boolean;
  readonly trouble: Trouble | null;
}

const waitUntilUnseen = async (isSeen: () => Promise<boolean>): Promise<boolean> => {
  const giveUpAt = performance.now() + seenForMs;
  while (await isSeen()) {
    if (performance.now() >= giveUpAt) {
      return false;
    }
    await sleep(250);
  }
  return true;
};

/** Only the owner of a table may write it anew; where the server has a role of its own, that is somebody else. */
const asOwner = async <T>(deps: Deps, work: (db: Db) => Promise<T>): Promise<T> => {
  const url = deps.config.databaseOwnerUrl;
  if (url === undefined) {
    return work(deps.db);
  }
  const pool = createPool(url, deps.log, 1, noLimits);
  try {
    return await work(createDb(pool));
  } finally {
    await pool.end();
  }
};

const rewriteOne = async (db: Db, table: TouchedTable, lockMs: number): Promise<Trouble | null> => {
  try {
    return (await rewrite(db, table, lockMs)) ? null : 'table-not-ours';
  } catch (error) {
    if (isRetryableTransactionError(error)) {
      return 'table-in-use';
    }
    throw error;
  }
};

/** What held content of messages, what held names, or all that held anything of a person. */
const tablesOf = (waiting: TablesDue['waiting']): ReadonlySet<TouchedTable> =>
  new Set<TouchedTable>([
    ...(waiting.some(({ isName }) => !isName) ? touchedTables : []),
    ...(waiting.some(({ isName, isPerson }) => isName || isPerson) ? namedTables : []),
    ...(waiting.some(({ isPerson }) => isPerson) ? personTables : []),
  ]);

const tidyAll = async (
  db: Db,
  { isQuiet, waiting }: TablesDue,
  { smallBytes, lockMs }: TidyLimits,
): Promise<Tidied> => {
  const large: TouchedTable[] = [];
  const tables = tablesOf(waiting);
  let rewritten = 0;
  for (const table of tables) {
    if (!isQuiet && (await sizeOf(db, table)) > smallBytes) {
      await vacuum(db, table);
      large.push(table);
    } else {
      const trouble = await rewriteOne(db, table, lockMs);
      if (trouble !== null) {
        return { rewritten, forgotten: 0, isLeft: false, trouble };
      }
      rewritten += 1;
    }
  }
  const { tables: forgotten, at } = await analyseAnew(db, tables);
  // A file that is written anew takes along what somebody may still see.
  if (!(await waitUntilUnseen(() => isSeenSince(db, at)))) {
    return { rewritten, forgotten: 0, isLeft: false, trouble: 'transaction-open' };
  }
  await rewriteStatistics(db);
  return { rewritten, forgotten, isLeft: large.length > 0, trouble: null };
};

const endOf = (tidied: Tidied, tries: number, nextQuietAt: Date): CheckEnd => {
  if (tidied.trouble !== null) {
    return { state: 'failed', errorCode: tidied.trouble, at: nextTry(tries) };
  }
  return tidied.isLeft
    ? { state: 'pending', at: nextQuietAt }
    : { state: 'done', addedCount: tidied.rewritten };
};

/** Made anew at once, also where the tables wait for the night. */
const statisticsEndOf = ({ trouble, forgotten }: Tidied, ofTables: CheckEnd): CheckEnd =>
  trouble === null ? { state: 'done', addedCount: forgotten } : ofTables;

const tidyFor = async (deps: Deps, due: TablesDue, limits: TidyLimits): Promise<void> => {
  const requestIds = due.waiting.map(({ requestId }) => requestId);
  const tidied: Tidied = (await waitUntilUnseen(() => isStillSeen(deps.db, requestIds)))
    ? await asOwner(deps, (db) => tidyAll(db, due, limits))
    : { rewritten: 0, forgotten: 0, isLeft: false, trouble: 'transaction-open' };
  const ends = due.waiting.map((one) => ({
    ...one,
    end: endOf(tidied, one.tries, due.nextQuietAt),
  }));
  for (const { workspaceId, requestId, version, end } of ends) {
    await inTx(deps, systemActor(workspaceId), async (ctx) => {
      // What was decided meanwhile is in neither of them.
      if (await endCheck(ctx.tx, workspaceId, requestId, 'tables', end, version)) {
        await endCheck(ctx.tx, workspaceId, requestId, 'statistics', statisticsEndOf(tidied, end));
      }
      await finishIfWhole(ctx, requestId);
      ctx.notices.add(workspaceId, 'removal', requestId);
    });
  }
};

/**
 * Takes what was removed out of the tables' own files, for every request that waits for it: small tables are written anew
 * at once, larger ones at night. Outside of any transaction.
 */
export const tidyTables = async (deps: Deps, limits = usual): Promise<void> => {
  const due = await inTx(deps, nobody, (ctx) => findTablesDue(ctx.tx));
  if (due.waiting.length > 0) {
    await tidyFor(deps, due, limits);
  }
  // Whoever asked for this pass has replaced the job of one that waits for the night.
  await inTx(deps, nobody, async (ctx) => {
    const next = await findNextDue(ctx.tx);
    if (next !== null) {
      await tidySoon(ctx, next);
    }
  });
};
