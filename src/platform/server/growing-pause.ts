interface Pauses {
  readonly firstMs: number;
  readonly longestMs: number;
  /** Monotonic, in milliseconds. */
  readonly clock?: () => number;
}

/**
 * For work that somebody calls again and again: after a failure the calls of a while do nothing, and of twice the while when it
 * fails again. What lasts is not told at every call, and what was over in a moment holds up nothing.
 * @returns the same work; it rejects as that does
 */
export const withGrowingPause = (
  work: () => Promise<unknown>,
  { firstMs, longestMs, clock = () => performance.now() }: Pauses,
): (() => Promise<void>) => {
  let notBefore = 0;
  let pauseMs = firstMs;
  return async () => {
    if (clock() < notBefore) {
      return;
    }
    try {
      await work();
      pauseMs = firstMs;
    } catch (error) {
      notBefore = clock() + pauseMs;
      pauseMs = Math.min(2 * pauseMs, longestMs);
      throw error;
    }
  };
};
