import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countClosingLine, countPlaywright, countVitest, type TestCount } from './count-results.ts';
import { nameFailedLines, namePlaywrightFailures, nameVitestFailures } from './name-failures.ts';
import type { Program } from './run-to-end.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = join(root, 'test-results');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);
const minutes = (count: number): number => count * 60_000;

/** One kind of test, as `npm test` runs and counts it. */
export interface TestLevel {
  readonly name: string;
  readonly needsBuild: boolean;
  /** False where it is another day's turn: it runs only where it is named. */
  readonly isDue: boolean;
  /**
   * A run of all levels leaves it for another day when it has taken longer than this before its turn comes: on a machine half as fast as
   * usual it would not end within its 25 minutes otherwise.
   */
  readonly latestStartMs?: number;
  readonly program: Program;
  /** Called before the program, so that an old report is never read as a new one. */
  readonly forget: () => void;
  readonly count: (output: string) => TestCount | undefined;
  /** What failed, a line each. */
  readonly nameFailures: (output: string) => readonly string[];
}

function readReport(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function vitestLevel(
  name: string,
  project: string,
  env: Program['env'] = {},
  more: readonly string[] = [],
): TestLevel {
  const report = join(reports, `${name.replaceAll(' ', '-')}.json`);
  return {
    name,
    needsBuild: false,
    isDue: true,
    program: {
      command: bin('vitest'),
      args: [
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile=${report}`,
        ...more,
      ],
      env,
      // Half as fast a machine as usual finishes too.
      limitMs: minutes(20),
    },
    forget: () => rmSync(report, { force: true }),
    count: () => countVitest(readReport(report)),
    nameFailures: () => nameVitestFailures(readReport(report)),
  };
}

/**
 * Two of the planted bugs at a time: all of them take longer than everything else. By hand the script takes them all; the run
 * without any is the level `concurrency`.
 */
const SHORTENED: Readonly<Record<string, readonly string[]>> = {
  'tests/planted-bugs.ts': ['--one-in', '13', '--no-control'],
};

/** One day in so many: the same is asked in every run of the feature tests, of fewer processes. */
const ONE_DAY_IN: Readonly<Record<string, number>> = { 'tests/bucket.ts': 3 };

/** What the tests of features ask as well, in smaller numbers. */
const WAITS_WHERE_SLOW: ReadonlySet<string> = new Set([
  'tests/canary.ts',
  'tests/fuzz.ts',
  'tests/backup.ts',
  'tests/nodes.ts',
  'tests/bucket.ts',
]);
const slowProofsFrom = minutes(13);
const slowStoriesFrom = minutes(18);

function proofLevel(environment: NodeJS.ProcessEnv, file: string): TestLevel {
  return {
    name: file.replace(/^tests\/|\.ts$/g, ''),
    needsBuild: true,
    isDue: partToday(environment, ONE_DAY_IN[file] ?? 1) === 0,
    ...(WAITS_WHERE_SLOW.has(file) && { latestStartMs: slowProofsFrom }),
    program: {
      command: bin('tsx'),
      args: [join(root, file), ...(SHORTENED[file] ?? [])],
      limitMs: minutes(25),
    },
    forget: () => undefined,
    count: countClosingLine,
    nameFailures: nameFailedLines,
  };
}

/** Levels that share the machine: each waits for starts, stops and pages, and leaves the cores to the others meanwhile. */
export interface LevelGroup {
  /** How many run at once; the next begins when one has ended. */
  readonly lanes: number;
  readonly levels: readonly TestLevel[];
}

const alone = (level: TestLevel): LevelGroup => ({ lanes: 1, levels: [level] });

/** What they print is shown in one piece each. */
const sharing = (lanes: number, levels: readonly TestLevel[]): LevelGroup => ({
  lanes,
  levels: levels.map((level) => ({ ...level, program: { ...level.program, isHeld: true } })),
});

/** Which of so many parts has its turn: another one each day. `GUARITA_TEST_PART` names one, for a failure to be seen again. */
function partToday(environment: NodeJS.ProcessEnv, parts: number): number {
  const day = Math.floor(Date.now() / 86_400_000);
  return Number(environment['GUARITA_TEST_PART'] ?? day) % parts;
}

/** What the product is for, from end to end, and what holds for every page: told each time. */
const STORIES_ALWAYS = [
  ...['seed', 'undo', 'roles', 'two-processes', 'offline', 'keyboard', 'accessibility', 'budget'],
];

/** A sixth of the others at a time: all of them take ten minutes of two cores. `npm run test:stories` tells all. */
const STORY_PARTS = 6;

/** The story files of this run: those of every run, and those whose turn it is. */
export function storiesToday(environment: NodeJS.ProcessEnv): {
  readonly always: readonly string[];
  readonly ofTheDay: readonly string[];
} {
  const always = STORIES_ALWAYS.map((name) => `e2e/${name}.story.ts`);
  const all = readdirSync(join(root, 'e2e'))
    .filter((name) => name.endsWith('.story.ts'))
    .map((name) => `e2e/${name}`)
    .sort();
  const missing = always.filter((file) => !all.includes(file));
  if (missing.length > 0) {
    throw new Error(`no such story: ${missing.join(', ')}`);
  }
  const today = partToday(environment, STORY_PARTS);
  const others = all.filter((file) => !always.includes(file));
  return { always, ofTheDay: others.filter((_, index) => index % STORY_PARTS === today) };
}

function storyLevel(name: string, files: readonly string[], latestStartMs?: number): TestLevel {
  // One report for both: each is read before the next begins.
  const report = join(reports, 'stories.json');
  return {
    name,
    needsBuild: true,
    isDue: true,
    ...(latestStartMs !== undefined && { latestStartMs }),
    program: {
      command: bin('playwright'),
      args: ['test', ...files],
      limitMs: minutes(25),
    },
    forget: () => rmSync(report, { force: true }),
    count: () => countPlaywright(readReport(report)),
    nameFailures: () => namePlaywrightFailures(readReport(report)),
  };
}

/** Long proofs that are programs of their own; each ends with `N passed, N failed`. The longest first, so that none is left over. */
const PROOFS = [
  'tests/crash.ts',
  'tests/canary.ts',
  'tests/fuzz.ts',
  'tests/backup.ts',
  'tests/concurrency.ts',
  'tests/planted-bugs.ts',
  'tests/stopped-worker.ts',
  'tests/nodes.ts',
  'tests/bucket.ts',
];

/**
 * Another PostgreSQL changes statements, which are the features' own. Of the tests of the whole, half of the time, it meets what
 * receives, what tells screens and who may what: the others ask the same statements again.
 */
const ELSEWHERE_NOT = ['src/app/**/!(webhook*|live|roles).db.test.ts'];

/** Some wait for time-outs and ends; what they leave of two cores is enough for a third. */
const THREE = ['--maxWorkers=3'];

/** Of the second run a quarter at a time. */
const ELSEWHERE_PARTS = 4;

/**
 * Every level in the order they run. With GUARITA_TEST_PG_BIN (a folder with `initdb` and
 * `postgres`) the tests of features, channels and the platform run a second time, on that PostgreSQL.
 */
export function testLevels(environment: NodeJS.ProcessEnv): LevelGroup[] {
  const otherPostgres = environment['GUARITA_TEST_PG_BIN'];
  const elsewhere = {
    GUARITA_TEST_PG_BIN: otherPostgres,
    GUARITA_TEST_NOT: ELSEWHERE_NOT.join(','),
  };
  const stories = storiesToday(environment);
  const today = `--shard=${partToday(environment, ELSEWHERE_PARTS) + 1}/${ELSEWHERE_PARTS}`;
  return [
    sharing(4, [
      vitestLevel('embedded', 'embedded'),
      vitestLevel('pure', 'pure'),
      // Two browsers at once on two cores wait for each other.
      vitestLevel('simulator', 'simulator', {}, ['--no-file-parallelism']),
      vitestLevel('scripts', 'scripts'),
    ]),
    alone(vitestLevel('feature', 'feature*', { GUARITA_TEST_PG_BIN: undefined }, THREE)),
    ...(otherPostgres
      ? [alone(vitestLevel('feature elsewhere', 'feature*', elsewhere, [...THREE, today]))]
      : []),
    sharing(
      2,
      PROOFS.filter((file) => existsSync(join(root, file))).map((file) =>
        proofLevel(environment, file),
      ),
    ),
    alone(storyLevel('stories', stories.always)),
    alone(storyLevel('stories of the day', stories.ofTheDay, slowStoriesFrom)),
  ];
}
