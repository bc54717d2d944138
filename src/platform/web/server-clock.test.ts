import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { compareClocks, serverNow } from './server-clock.ts';

const now = Date.parse('2026-11-23T15:00:00.600Z');
const hour = 3_600_000;
const at = (moment: number): string => new Date(moment).toUTCString();

beforeEach(() => {
  vi.useFakeTimers({ now });
});
afterEach(() => {
  compareClocks(at(Date.now()), Date.now());
  vi.useRealTimers();
});

it.each([
  ['agree', at(now), 0],
  ['agree within the answer', at(now - 900), 0],
  ['of which this one is an hour late', at(now + hour), hour],
  ['of which this one is a day ahead', at(now - 24 * hour), -24 * hour],
])('clocks that %s', (_what, date, ahead) => {
  compareClocks(date, now - 800);
  expect(Math.abs(serverNow() - now - ahead)).toBeLessThan(1000);
  if (ahead === 0) expect(serverNow()).toBe(now);
});

it('learns nothing of an answer without a date, or one that took long', () => {
  compareClocks(at(now + hour), now);
  const known = serverNow();
  compareClocks(null, now);
  compareClocks('ontem', now);
  compareClocks(at(now), now - 60_000);
  expect(serverNow()).toBe(known);
});
