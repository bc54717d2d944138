import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildServer } from './support/child-server.ts';
import { plantedBugs } from './support/planted-bugs.ts';
import type { Patch, PlantedBug } from './support/planted-deep-bugs.ts';
import { type ConcurrencyResult, runConcurrency } from './support/run-concurrency.ts';
import { startDatabases } from './support/test-database.ts';

/**
 * Plants each bug in a copy of the tree and demands that the concurrency test turns red. Red is an invariant that this bug
 * breaks (`expects`), not one that a busy machine does: where the second wall keeps out what it let through, that the wall
 * was needed at all is one. `--only WORDS`;
 * `--one-in N` takes every Nth, which ones by the seed; `--no-control` leaves out the run without any bug, which is the
 * concurrency test itself.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    only: { type: 'string', default: '' },
    'one-in': { type: 'string', default: '1' },
    'no-control': { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
console.log(`seed ${seed}`);

const root = fileURLToPath(new URL('..', import.meta.url));

const copyTree = (): string => {
  const tree = mkdtempSync(join(tmpdir(), 'guarita-planted-'));
  for (const part of ['src', 'migrations', 'package.json']) {
    cpSync(join(root, part), join(tree, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  return tree;
};

const plant = (tree: string, { file, from, to }: Patch): void => {
  const path = join(tree, file);
  const text = readFileSync(path, 'utf8');
  const places = text.split(from).length - 1;
  if (places !== 1) {
    throw new Error(`${file} has the text to replace ${places} times: the patch is out of date`);
  }
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
};

interface Row {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  readonly what: string;
}

const databases = await startDatabases();

/**
 * The normal length; where chance and a busy machine left the bug unfound, the same once more with another seed.
 */
const run = async (
  tree: string,
  { focus, operations = 5_200, expects }: PlantedBug,
): Promise<ConcurrencyResult> => {
  const program = await buildServer(tree);
  const once = (ownSeed: number): Promise<ConcurrencyResult> =>
    runConcurrency({
      ...{ tree, program, databases, seed: ownSeed, focus, clients: 12, stopAtFirst: true },
      ...{ operations, seconds: 0, mostSeconds: 100, stopAt: expects },
    });
  const first = await once(seed);
  return expects.some((invariant) => first.findings.has(invariant)) ? first : once(seed + 1);
};

const sober = async (): Promise<Row> => {
  const tree = copyTree();
  try {
    const program = await buildServer(tree);
    const { findings, seconds, operations } = await runConcurrency({
      ...{ tree, program, databases, seed, focus: 'all', clients: 12, stopAtFirst: true },
      ...{ operations: 1_000, seconds: 0, mostSeconds: 60 },
    });
    const broken = [...findings].map(([text, all]) => `${text}: ${all[0] ?? ''}`).join('; ');
    const what = findings.size === 0 ? `green after ${operations} operations` : broken;
    return { name: 'nothing planted', passed: findings.size === 0, seconds, what };
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
};

const tryBug = async (bug: PlantedBug): Promise<Row> => {
  const tree = copyTree();
  const started = performance.now();
  const secondsSince = () => (performance.now() - started) / 1000;
  try {
    for (const patch of bug.patches) {
      plant(tree, patch);
    }
    const { findings, operations } = await run(tree, bug);
    const broken = [...findings].map(([text, all]) => ({ text, line: `${text} (${all.length})` }));
    const shown = broken.find(({ text }) => bug.expects.includes(text));
    const others = broken.map(({ line }) => `; beside it: ${line}`).join('');
    const what = shown?.line ?? `still green after ${operations} operations${others}`;
    return { name: bug.name, passed: shown !== undefined, seconds: secondsSince(), what };
  } catch (error) {
    const what = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { name: bug.name, passed: false, seconds: secondsSince(), what };
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
};

const rows: Row[] = [];
const tell = (row: Row): void => {
  rows.push(row);
  const [mark, time] = [row.passed ? 'ok  ' : 'FAIL', `${Math.round(row.seconds)} s`];
  console.log(`${mark} ${row.name.padEnd(66)} ${time.padStart(5)}  ${row.what}`);
};

try {
  const oneIn = Number(values['one-in']);
  const bugs = plantedBugs
    .filter((one) => one.name.includes(values.only))
    .filter((_, at) => (at + seed) % oneIn === 0);
  const control = values['no-control'] ? [] : [sober];
  const waiting = [...control, ...bugs.map((bug) => () => tryBug(bug))];
  // Much of a try is starts, stops and waiting: three at once, each on a database of its own.
  const tryOn = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      tell(await next());
    }
  };
  await Promise.all([tryOn(), tryOn(), tryOn()]);
} finally {
  await databases.stop();
}
const failed = rows.filter((row) => !row.passed).length;
console.log(`\n${rows.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
