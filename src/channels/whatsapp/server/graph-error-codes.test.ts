import { describe, expect, it } from 'vitest';
import { graphErrorClass, retryDelayMs } from './graph-error-codes.ts';

describe('graphErrorClass', () => {
  it.each([
    ['retry', [1, 2, 130_429, 131_000, 131_016, 131_056, 131_057, 133_004, 139_103]],
    ['wait', [4, 80_007, 131_048, 131_064, 132_069]],
    ['never', [33, 368, 130_403, 130_472, 131_021, 131_026, 131_031, 131_049, 131_050, 137_000]],
    ['fix', [0, 3, 10, 100, 190, 200, 299, 131_005, 131_047, 131_053, 132_001, 2_388_001]],
    ['none', [133_010, 138_006, 139_000, 147_003]],
    [undefined, [5, 199, 300, 131_099, 999_999]],
  ])('is %s for its codes', (name, codes) => {
    expect(codes.map(graphErrorClass)).toEqual(codes.map(() => name));
  });
});

describe('retryDelayMs', () => {
  it('is 4^n seconds for one person written to too often', () => {
    expect([0, 1, 2, 3].map((n) => retryDelayMs(131_056, n))).toEqual([
      1_000, 4_000, 16_000, 64_000,
    ]);
  });

  it('grows and ends growing', () => {
    for (const code of [null, 1, 4, 80_007, 130_429, 131_048, 131_057, 132_069]) {
      const delays = Array.from({ length: 100 }, (_, n) => retryDelayMs(code, n));
      expect(delays.every((delay, n) => delay > 0 && delay >= (delays[n - 1] ?? 0))).toBe(true);
      expect(delays.at(-1)).toBeLessThanOrEqual(7 * 24 * 3_600_000);
    }
  });

  it('does not hammer where the quality of the number is at stake', () => {
    expect(retryDelayMs(131_048, 0)).toBeGreaterThanOrEqual(900_000);
  });

  it.each([[-1], [Number.NaN], [0.5]])('takes %d for the first try', (attempt) => {
    expect(retryDelayMs(1, attempt)).toBe(retryDelayMs(1, 0));
  });
});
