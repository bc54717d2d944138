import { expect, it } from 'vitest';
import { withGrowingPause } from './growing-pause.ts';

it('rests longer after each failure, up to a limit, and from the beginning after a success', async () => {
  let now = 0;
  let isAway = true;
  const calls: number[] = [];
  const work = withGrowingPause(
    async () => {
      calls.push(now);
      if (isAway) {
        throw new Error('away');
      }
    },
    { firstMs: 1_000, longestMs: 5_000, clock: () => now },
  );
  const until = async (end: number): Promise<number> => {
    let failures = 0;
    for (; now < end; now += 500) {
      await work().catch(() => {
        failures += 1;
      });
    }
    return failures;
  };
  expect(await until(18_000)).toBe(6);
  expect(calls).toEqual([0, 1_000, 3_000, 7_000, 12_000, 17_000]);
  isAway = false;
  await until(24_000);
  isAway = true;
  calls.length = 0;
  await until(28_000);
  expect(calls).toEqual([24_000, 25_000, 27_000]);
});
