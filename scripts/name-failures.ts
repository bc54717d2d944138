import { relative } from 'node:path';
import { z } from 'zod';

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
});

const line = (place: string, name: string, why: string): string =>
  [place, name, firstLine(why)].filter((part) => part !== '').join(' › ');

/**
 * The tests of Vitest's JSON that did not pass, each with its file and the first line of what it said; a file that fails
 * without a test of its own (it would not load, a hook ran out of time) stands for itself.
 */
export function nameVitestFailures(report: unknown): string[] {
  const read = vitestReport.safeParse(report);
  if (!read.success) return [];
  return read.data.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length > 0)
      return failed.map((test) => line(file, test.fullName, test.failureMessages[0] ?? ''));
    return status === 'failed' ? [line(file, '', message)] : [];
  });
}

interface Suite {
  readonly suites?: readonly Suite[] | undefined;
  readonly specs?: readonly z.infer<typeof spec>[] | undefined;
}

const spec = z.object({
  title: z.string(),
  ok: z.boolean(),
  file: z.string(),
  line: z.number(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(
        z.object({ errors: z.array(z.object({ message: z.string().default('') })) }),
      ),
    }),
  ),
});

const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ suites: z.array(suite).optional(), specs: z.array(spec).optional() }),
);

/** The stories of Playwright's JSON that did not pass at once, each with its place and the first line of its first error. */
export function namePlaywrightFailures(report: unknown): string[] {
  const read = suite.safeParse(report);
  if (!read.success) return [];
  const inside = ({ suites = [], specs = [] }: Suite): string[] => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status !== 'expected'))
      .map(({ file, line: at, title, tests }) => {
        const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
        return line(`${file}:${at}`, title, errors[0]?.message ?? '');
      }),
    ...suites.flatMap(inside),
  ];
  return inside(read.data);
}

/** The lines in which a proof says what failed. */
export function nameFailedLines(output: string): string[] {
  return output.split('\n').filter((text) => /^FAIL(ED)? /.test(text));
}
