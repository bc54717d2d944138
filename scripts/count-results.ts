/** How a level of tests went. */
export interface TestCount {
  readonly passed: number;
  readonly failed: number;
}

const CLOSING_LINE = /^(\d+) passed, (\d+) failed$/;

function numberAt(value: unknown, key: string): number {
  if (typeof value !== 'object' || value === null || !(key in value)) return 0;
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'number' ? found : 0;
}

/** Vitest's JSON. A skipped test proves nothing, so it counts as failed. */
export function countVitest(report: unknown): TestCount {
  return {
    passed: numberAt(report, 'numPassedTests'),
    failed:
      numberAt(report, 'numFailedTests') +
      numberAt(report, 'numPendingTests') +
      numberAt(report, 'numTodoTests'),
  };
}

/** Playwright's JSON. A flaky or skipped story counts as failed. */
export function countPlaywright(report: unknown): TestCount {
  const stats: unknown =
    typeof report === 'object' && report !== null && 'stats' in report ? report.stats : undefined;
  return {
    passed: numberAt(stats, 'expected'),
    failed: numberAt(stats, 'unexpected') + numberAt(stats, 'flaky') + numberAt(stats, 'skipped'),
  };
}

/** A proof script's last line, `N passed, N failed`; undefined when it ended with anything else. */
export function countClosingLine(output: string): TestCount | undefined {
  const match = CLOSING_LINE.exec(output.trimEnd().split('\n').at(-1)?.trim() ?? '');
  return match ? { passed: Number(match[1]), failed: Number(match[2]) } : undefined;
}

/**
 * The count a level is held to: a bad exit fails even when no test did (a file that would not load,
 * an unhandled rejection), and a level that ran nothing has failed.
 */
export function settleCount(count: TestCount | undefined, exitedWell: boolean): TestCount {
  const { passed, failed } = count ?? { passed: 0, failed: 0 };
  const isSilentFailure = failed === 0 && (!exitedWell || passed === 0);
  return { passed, failed: isSilentFailure ? 1 : failed };
}

export function sumCounts(counts: readonly TestCount[]): TestCount {
  return {
    passed: counts.reduce((total, count) => total + count.passed, 0),
    failed: counts.reduce((total, count) => total + count.failed, 0),
  };
}

export function closingLine({ passed, failed }: TestCount): string {
  return `${passed} passed, ${failed} failed`;
}
