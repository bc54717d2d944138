import { describe, expect, it } from 'vitest';
import { nameFailedLines, namePlaywrightFailures, nameVitestFailures } from './name-failures.ts';

describe('naming failures', () => {
  it('reads the tests and the files that Vitest reports as failed', () => {
    const passed = { fullName: 'a holds', status: 'passed', failureMessages: [] };
    const failed = { fullName: 'b holds', status: 'failed', failureMessages: ['Error: 2\n  at x'] };
    const skipped = { fullName: 'c holds', status: 'skipped', failureMessages: [] };
    const testResults = [
      { name: 'one.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] },
      { name: 'two.test.ts', status: 'failed', message: 'no hook', assertionResults: [skipped] },
      { name: 'three.test.ts', status: 'passed', message: '', assertionResults: [passed] },
    ];
    expect(nameVitestFailures({ testResults })).toEqual([
      'one.test.ts › b holds › Error: 2',
      'two.test.ts › no hook',
    ]);
    expect(nameVitestFailures(undefined)).toEqual([]);
  });

  it('reads the stories that Playwright did not expect, flaky ones too, however deep', () => {
    const told = (title: string, status: string) => ({
      ...{ title, ok: status === 'expected', file: 'a.story.ts', line: 4 },
      tests: [{ status, results: [{ errors: [{ message: 'Error: gone\nCall log' }] }] }],
    });
    const deep = { suites: [{ specs: [told('flaky', 'flaky'), told('good', 'expected')] }] };
    expect(namePlaywrightFailures({ suites: [deep], specs: [told('bad', 'unexpected')] })).toEqual([
      'a.story.ts:4 › bad › Error: gone',
      'a.story.ts:4 › flaky › Error: gone',
    ]);
    expect(namePlaywrightFailures(null)).toEqual([]);
  });

  it('reads what a proof says', () => {
    const output = 'ok    it starts\nFAILED it stops: 1\nFAIL no row\n1 passed, 2 failed\n';
    expect(nameFailedLines(output)).toEqual(['FAILED it stops: 1', 'FAIL no row']);
  });
});
