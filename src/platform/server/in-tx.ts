import { createNotices } from './announce.ts';
import type { Actor, Ctx, Deps } from './deps.ts';
import { isRetryableTransactionError } from './errors.ts';

const attempts = 3;

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
      return await deps.db.transaction().execute(async (tx) => {
        const ctx: Ctx = { tx, actor, log: deps.log, notices: createNotices(), keyed: deps.keyed };
        const result = await work(ctx);
        await ctx.notices.flush(tx);
        return result;
      });
    } catch (error) {
      if (attempt >= attempts || !isRetryableTransactionError(error)) {
        throw error;
      }
    }
  }
};
