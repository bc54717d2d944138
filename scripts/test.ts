import { cpus } from 'node:os';
import pMap from 'p-map';
import { build } from './build.ts';
import { closingLine, settleCount, sumCounts, type TestCount } from './count-results.ts';
import { runToEnd } from './run-to-end.ts';
import { type LevelGroup, type TestLevel, testLevels } from './test-levels.ts';

interface LevelResult extends TestCount {
  readonly name: string;
  readonly seconds: number;
  readonly failures: readonly string[];
}

async function isBuilt(): Promise<boolean> {
  try {
    await build();
    return true;
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return false;
  }
}

async function runLevel(level: TestLevel): Promise<Omit<LevelResult, 'name' | 'seconds'>> {
  if (level.needsBuild && !(await isBuilt()))
    return { passed: 0, failed: 1, failures: ['the build'] };
  level.forget();
  const { exitedWell, output } = await runToEnd(level.program);
  const failures = level.nameFailures(output).map((name) => `${level.name}: ${name}`);
  return { ...settleCount(level.count(output), exitedWell), failures };
}

/** `npm test -- pure stories` runs only the levels named, whose turn it need not be. */
function chosenGroups(names: readonly string[]): LevelGroup[] {
  const groups = testLevels(process.env);
  const known = groups.flatMap(({ levels }) => levels.map(({ name }) => name));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.log(`no such level: ${unknown.join(', ')}; there are ${known.join(', ')}`);
    process.exit(2);
  }
  const isChosen = ({ name, isDue }: TestLevel): boolean =>
    names.length === 0 ? isDue : names.includes(name);
  return groups
    .map((group) => ({ ...group, levels: group.levels.filter(isChosen) }))
    .filter(({ levels }) => levels.length > 0);
}

/** When the run began, of which the packages and the checks are a part; `.ci/run` tells it, in seconds since 1970. */
const begunAt = Number(process.env['GUARITA_RUN_BEGAN'] ?? Date.now() / 1000) * 1000;
const names = process.argv.slice(2);
const left: string[] = [];

const isLate = ({ latestStartMs }: TestLevel): boolean =>
  names.length === 0 && latestStartMs !== undefined && Date.now() - begunAt > latestStartMs;

async function measureLevel(level: TestLevel): Promise<LevelResult | undefined> {
  if (isLate(level)) {
    left.push(level.name);
    return undefined;
  }
  const started = performance.now();
  const result = await runLevel(level);
  const seconds = Math.round((performance.now() - started) / 1000);
  return { ...result, name: level.name, seconds };
}

/** Milliseconds that all cores together have worked, and not worked, since the machine started. */
function readCores(): { worked: number; idle: number } {
  const times = cpus().map((core) => core.times);
  const idle = times.reduce((total, core) => total + core.idle, 0);
  return { worked: times.reduce((total, core) => total + core.user + core.sys, 0), idle };
}

async function runGroup({ lanes, levels }: LevelGroup): Promise<LevelResult[]> {
  console.log(`\n== ${levels.map((level) => level.name).join(', ')}`);
  const before = readCores();
  const started = performance.now();
  const results = await pMap(levels, measureLevel, { concurrency: lanes });
  const ran = results.filter((result) => result !== undefined);
  if (ran.length === 0) return [];
  const after = readCores();
  const worked = after.worked - before.worked;
  const share = Math.round((100 * worked) / (worked + after.idle - before.idle));
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`\n== ${seconds} s, of which the cores worked ${share} %`);
  return ran;
}

const results: LevelResult[] = [];
for (const group of chosenGroups(names)) results.push(...(await runGroup(group)));

console.log('');
for (const result of results) {
  console.log(`${result.name}: ${closingLine(result)} (${result.seconds} s)`);
}
for (const name of left) console.log(`${name}: left for another day, because this run is slow`);
// Here as well, because what the levels print is thousands of lines.
for (const failure of results.flatMap((result) => result.failures))
  console.log(`failed  ${failure}`);
const total = sumCounts(results);
console.log(closingLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;
