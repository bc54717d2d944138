import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { noteScreens, refreshCounts } from './apply-changes.ts';
import { queryKeys } from './query-keys.ts';

let day = 0;
beforeEach(() => {
  // Each test long after the one before: the last reading is remembered.
  day += 1;
  vi.useFakeTimers({ now: Date.UTC(2026, 0, day) });
});
afterEach(() => {
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
});

/** When the counters were asked for, in milliseconds since now. */
const countReads = (): { client: QueryClient; reads: number[] } => {
  const client = new QueryClient();
  const begun = Date.now();
  const reads: number[] = [];
  vi.spyOn(client, 'invalidateQueries').mockImplementation(async (filters) => {
    if (filters?.queryKey === queryKeys.counts) reads.push(Date.now() - begun);
  });
  return { client, reads };
};

it.each([
  ['1 s in a team', 12, 700, 1_100],
  ['3 s for a hundred', 100, 2_100, 3_100],
  ['5 s for hundreds', 400, 3_500, 5_100],
])(
  'reads the counters at once after a single change, and under traffic never older than %s',
  (_, screens, least, most) => {
    const { client, reads } = countReads();
    noteScreens(screens);
    for (let at = 0; at < 60_000; at += 100) {
      refreshCounts(client);
      vi.advanceTimersByTime(100);
    }
    expect(reads[0]).toBeLessThanOrEqual(100);
    const gaps = reads.slice(1).map((at, index) => at - (reads[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(most);
  },
);

it('counts what the person did here within a second', () => {
  const { client, reads } = countReads();
  refreshCounts(client);
  vi.advanceTimersByTime(100);
  refreshCounts(client, true);
  vi.advanceTimersByTime(1_000);
  expect(reads).toHaveLength(2);
});
