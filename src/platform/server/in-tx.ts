import { type ChangeNotice, createNotices } from './announce.ts';
import { noteTimeOut, timeOutOf } from './database-time-outs.ts';
import type { Actor, Ctx, Deps } from './deps.ts';
import { isRetryableTransactionError } from './errors.ts';
import { openTx } from './open-tx.ts';

const attempts = 3;

interface Committed<T> {
  readonly result: T;
  readonly told: readonly ChangeNotice[];
}

const runOnce = async <T>(
  deps: Deps,
  actor: Actor,
  work: (ctx: Ctx) => Promise<T>,
): Promise<Committed<T>> => {
  const open = await openTx(deps.db, deps.pool);
  const notices = createNotices();
  try {
    const { tx } = open;
    const result = await work({ tx, actor, log: deps.log, notices, keyed: deps.keyed });
    const [told] = await Promise.all([notices.flush(tx, deps.ownCommits?.newId), open.commit()]);
    return { result, told };
  } catch (error) {
    await open.rollback();
    throw error;
  }
};

/**
 * Opens the one transaction of a request or job, runs `work`, writes the notices, commits.
 * A deadlock or a serialization failure repeats the whole of it, so `work` must be safe to run again.
 */
export const inTx = async <T>(
  deps: Deps,
  actor: Actor,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { result, told } = await runOnce(deps, actor, work);
      for (const notice of told) {
        deps.ownCommits?.tell(notice);
      }
      return result;
    } catch (error) {
      // No connection was had at all: those that were had count what ran out on them.
      if (timeOutOf(error) === 'connection') {
        noteTimeOut(error);
      }
      if (attempt >= attempts || !isRetryableTransactionError(error)) {
        throw error;
      }
    }
  }
};
