import type { Deps } from '#platform/server/deps.ts';
import { withGrowingPause } from '#platform/server/growing-pause.ts';
import { appendDue } from './append-due.ts';
import { JournalBusyError } from './lock-journal.ts';

const appendUnlessBusy = async (deps: Deps): Promise<void> => {
  try {
    await appendDue(deps, 0);
  } catch (error) {
    if (!(error instanceof JournalBusyError)) {
      throw error;
    }
  }
};

/**
 * For whoever calls it again and again: writes what is due, unless another process is at it. A disk that is full or a bucket
 * that is away is told of twice a minute in the end, not once a second; a database that was away for a moment has what it
 * missed written at once.
 */
export const appendRegularly = (deps: Deps): (() => Promise<void>) =>
  withGrowingPause(() => appendUnlessBusy(deps), { firstMs: 1_000, longestMs: 30_000 });
