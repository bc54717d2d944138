import { defineConfig } from 'vitest/config';

const failOnConsoleError = 'src/platform/shared/testing/fail-on-console-error.ts';

/** These start, kill and restart databases of their own. */
const EMBEDDED = 'src/platform/server/embedded-postgres/**/*.test.ts';

/** These run jobs: what a runner still does when its test is over ends with the process of that file. */
const WITH_WORKERS = [
  'src/app/server/{start-sealing,media-both-ways,templates,template-sending,job-store,own-role,upstream,cron-lines}.db.test.ts',
  'src/app/server/demo/refuse-demo.db.test.ts',
];

/** Left out of this run. The command line's `--exclude` does not reach a project that has an `exclude` of its own. */
const LEFT_OUT = (process.env['GUARITA_TEST_NOT'] ?? '').split(',').filter((files) => files !== '');

/** Five kinds of test, told apart by name and place: `x.db.test.ts` needs PostgreSQL, `x.test.ts` does not. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    restoreMocks: true,
    // A machine that does other work too takes longer than the second that is given without it.
    expect: { poll: { timeout: 10_000 } },
    setupFiles: [failOnConsoleError],
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: ['src/**/*.db.test.ts', EMBEDDED],
          // Those at random think for a while.
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'embedded',
          include: [EMBEDDED],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'feature',
          // Each file has a database of its own, and shares the modules, whose loading took as long as the tests.
          isolate: false,
          include: ['{src,bench}/**/*.db.test.ts'],
          exclude: [...WITH_WORKERS, ...LEFT_OUT],
          globalSetup: ['src/platform/server/testing/postgres-global-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'feature with workers',
          include: WITH_WORKERS,
          exclude: LEFT_OUT,
          globalSetup: ['src/platform/server/testing/postgres-global-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'simulator', include: ['simulator/**/*.test.ts'], testTimeout: 20_000 },
      },
      {
        extends: true,
        test: {
          name: 'scripts',
          include: ['scripts/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
