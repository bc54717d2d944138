import { build } from './build.ts';
import { closingLine, settleCount, sumCounts, type TestCount } from './count-results.ts';
import { runToEnd } from './run-to-end.ts';
import { type TestLevel, testLevels } from './test-levels.ts';

interface LevelResult extends TestCount {
  readonly name: string;
  readonly seconds: number;
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

async function runLevel(level: TestLevel): Promise<TestCount> {
  if (level.needsBuild && !(await isBuilt())) return { passed: 0, failed: 1 };
  level.forget();
  const { exitedWell, output } = await runToEnd(level.program);
  return settleCount(level.count(output), exitedWell);
}

/** `npm test -- pure stories` runs only the levels named. */
function chosenLevels(names: readonly string[]): TestLevel[] {
  const levels = testLevels(process.env);
  const unknown = names.filter((name) => !levels.some((level) => level.name === name));
  if (unknown.length > 0) {
    const known = levels.map((level) => `"${level.name}"`).join(', ');
    console.log(`no such level: ${unknown.join(', ')}; there are ${known}`);
    process.exit(2);
  }
  return names.length === 0 ? levels : levels.filter((level) => names.includes(level.name));
}

/** Each with the levels that run beside it. */
function inGroups(levels: readonly TestLevel[]): TestLevel[][] {
  const groups: TestLevel[][] = [];
  for (const level of levels) {
    const last = groups.at(-1);
    if (level.isBeside === true && last !== undefined) last.push(level);
    else groups.push([level]);
  }
  return groups;
}

async function measureLevel(level: TestLevel): Promise<LevelResult> {
  const started = performance.now();
  const count = await runLevel(level);
  const seconds = Math.round((performance.now() - started) / 1000);
  return { ...count, name: level.name, seconds };
}

const results: LevelResult[] = [];
for (const group of inGroups(chosenLevels(process.argv.slice(2)))) {
  console.log(`\n== ${group.map((level) => level.name).join(', and beside it ')}`);
  results.push(...(await Promise.all(group.map(measureLevel))));
}

console.log('');
for (const result of results) {
  console.log(`${result.name}: ${closingLine(result)} (${result.seconds} s)`);
}
const total = sumCounts(results);
console.log(closingLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;
