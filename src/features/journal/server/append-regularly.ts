import type { Deps } from '#platform/server/deps.ts';
import { appendDue } from './append-due.ts';
import { JournalBusyError } from './lock-journal.ts';

/** A disk that is full or a bucket that is away is told of twice a minute, not once a second. */
const pauseMs = 30_000;

/**
 * For whoever calls it again and again: writes what is due, unless another process is at it, or the last try failed a
 * moment ago.
 */
export const appendRegularly = (deps: Deps): (() => Promise<void>) => {
  let notBefore = 0;
  return async () => {
    if (performance.now() < notBefore) {
      return;
    }
    try {
      await appendDue(deps, 0);
    } catch (error) {
      if (!(error instanceof JournalBusyError)) {
        notBefore = performance.now() + pauseMs;
        throw error;
      }
    }
  };
};
