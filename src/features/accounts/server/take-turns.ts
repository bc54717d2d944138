/** Runs at most `atOnce` pieces of work at a time; the others wait in the order they came. */
export interface Turns {
  /** How many wait. */
  readonly waiting: () => number;
  run<T>(work: () => Promise<T>): Promise<T>;
}

export const takeTurns = (atOnce: number): Turns => {
  const queue: (() => void)[] = [];
  let running = 0;
  const acquire = async (): Promise<void> => {
    if (running < atOnce) {
      running += 1;
      return;
    }
    // Whoever ends hands its place over, so `running` stays as it is.
    await new Promise<void>((resolve) => queue.push(resolve));
  };
  const release = (): void => {
    const next = queue.shift();
    if (next === undefined) {
      running -= 1;
    } else {
      next();
    }
  };
  return {
    waiting: () => queue.length,
    async run(work) {
      await acquire();
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
};
