import { describe, expect, it } from 'vitest';
import {
  closingLine,
  countClosingLine,
  countPlaywright,
  countVitest,
  settleCount,
  sumCounts,
} from './count-results.ts';

describe('counting results', () => {
  it('reads what Vitest reports, and counts what was skipped as failed', () => {
    const report = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
    expect(countVitest(report)).toEqual({ passed: 7, failed: 4 });
    expect(countVitest(undefined)).toEqual({ passed: 0, failed: 0 });
  });

  it('reads what Playwright reports, and counts flaky and skipped as failed', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 1 };
    expect(countPlaywright({ stats })).toEqual({ passed: 5, failed: 3 });
    expect(countPlaywright({})).toEqual({ passed: 0, failed: 0 });
  });

  it.each([
    ['seed 4\n12 passed, 0 failed\n', { passed: 12, failed: 0 }],
    ['3 passed, 2 failed', { passed: 3, failed: 2 }],
    ['12 passed, 0 failed\nError: the pool is closed\n', undefined],
    ['all well: 12 passed, 0 failed', undefined],
    ['', undefined],
  ])('reads the last line of a proof: %j', (output, expected) => {
    expect(countClosingLine(output)).toEqual(expected);
  });

  it.each([
    ['all passed', { passed: 3, failed: 0 }, true, { passed: 3, failed: 0 }],
    ['some failed', { passed: 3, failed: 2 }, false, { passed: 3, failed: 2 }],
    ['a bad exit', { passed: 3, failed: 0 }, false, { passed: 3, failed: 1 }],
    ['nothing ran', { passed: 0, failed: 0 }, true, { passed: 0, failed: 1 }],
    ['no report', undefined, true, { passed: 0, failed: 1 }],
  ])('settles a level: %s', (_name, count, exitedWell, expected) => {
    expect(settleCount(count, exitedWell)).toEqual(expected);
  });

  it('closes with the sum of all levels', () => {
    const counts = [
      { passed: 3, failed: 0 },
      { passed: 4, failed: 2 },
    ];
    expect(closingLine(sumCounts(counts))).toBe('7 passed, 2 failed');
  });
});
