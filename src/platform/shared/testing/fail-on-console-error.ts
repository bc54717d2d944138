import { afterEach, beforeEach, expect, vi } from 'vitest';

/** A test that prints an error has failed: what the product reports on purpose goes through the log. */
let reported: string[] = [];
let restore: () => void = () => undefined;

beforeEach(() => {
  reported = [];
  const spy = vi.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    reported.push(parts.map(String).join(' '));
  });
  restore = () => spy.mockRestore();
});

afterEach(() => {
  restore();
  expect(reported, 'console.error was called during this test').toEqual([]);
});
