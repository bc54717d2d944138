import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readNow, watchNow } from './now.ts';
import { compareClocks } from './server-clock.ts';

const now = Date.parse('2026-11-23T15:00:00Z');
const hour = 3_600_000;
const hears = (moment: number) => compareClocks(new Date(moment).toUTCString(), Date.now());

beforeEach(() => {
  vi.useFakeTimers({ now });
  vi.stubGlobal('document', new EventTarget());
});
afterEach(() => {
  hears(Date.now());
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it.each([
  ['3 h ahead', -3 * hour],
  ['3 h late', 3 * hour],
])('is the time of the server on a computer that is %s', (_what, ahead) => {
  hears(now + ahead);
  const stop = watchNow(() => undefined);
  expect(readNow()).toBe(now + ahead);
  vi.advanceTimersByTime(30_000);
  expect(readNow()).toBe(now + ahead + 30_000);
  stop();
});

it('is put right as soon as the server is heard, and not by what an answer takes', () => {
  const told = vi.fn();
  const stop = watchNow(told);
  hears(now);
  vi.advanceTimersByTime(1500);
  hears(now);
  expect(told).not.toHaveBeenCalled();
  hears(now - 3 * hour);
  expect(told).toHaveBeenCalledOnce();
  expect(readNow()).toBeLessThan(now - 2 * hour);
  stop();
});
