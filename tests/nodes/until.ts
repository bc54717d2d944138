import { setTimeout as sleep } from 'node:timers/promises';

/** @returns after how long, infinite when it did not come */
export const until = async (
  isSo: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<number> => {
  const begin = performance.now();
  while (performance.now() - begin < withinMs) {
    if (await isSo()) {
      return performance.now() - begin;
    }
    await sleep(20);
  }
  return Number.POSITIVE_INFINITY;
};
