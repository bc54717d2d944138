import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { refreshCounts } from './apply-changes.ts';
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

it('reads the counters at once after a single change, and under traffic never older than 5 s', () => {
  const { client, reads } = countReads();
  for (let at = 0; at < 60_000; at += 100) {
    refreshCounts(client);
    vi.advanceTimersByTime(100);
  }
  expect(reads[0]).toBeLessThanOrEqual(100);
  const gaps = reads.slice(1).map((at, index) => at - (reads[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3_000);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(5_100);
});

it('counts what the person did here within a second', () => {
  const { client, reads } = countReads();
  refreshCounts(client);
  vi.advanceTimersByTime(100);
  refreshCounts(client, true);
  vi.advanceTimersByTime(1_000);
  expect(reads).toHaveLength(2);
});
