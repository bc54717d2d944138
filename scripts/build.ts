import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hashInputs } from './build-inputs.ts';
import { withBuildLock } from './build-lock.ts';
import { type BuildStep, buildSteps } from './build-steps.ts';

const repositoryRoot = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** What became of one step, and how long it took. */
export interface BuildReport {
  readonly step: string;
  readonly outcome: 'built' | 'unchanged';
  readonly milliseconds: number;
}

type Hashes = Record<string, string>;

async function readHashes(file: string): Promise<Hashes> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Hashes;
  } catch {
    return {};
  }
}

async function runStep(root: string, step: BuildStep, record: string): Promise<BuildReport> {
  const started = performance.now();
  const known = await readHashes(record);
  const hash = await hashInputs(root, step.inputs, step.isInput);
  const isWhole = step.outputs.every((output) => existsSync(join(root, output)));
  const isUnchanged = isWhole && known[step.name] === hash;
  if (!isUnchanged) {
    const { [step.name]: _stale, ...others } = known;
    await writeFile(record, JSON.stringify(others));
    await step.run(root);
    await writeFile(record, JSON.stringify({ ...others, [step.name]: hash }));
  }
  return {
    step: step.name,
    outcome: isUnchanged ? 'unchanged' : 'built',
    milliseconds: Math.round(performance.now() - started),
  };
}

/**
 * Builds what changed since the last build into `dist/`. A failed step leaves no record of itself.
 * @param only names of the steps wanted; absent: all
 */
export async function build(
  root: string = repositoryRoot,
  only?: readonly string[],
): Promise<BuildReport[]> {
  const record = join(root, 'dist/.build.json');
  return withBuildLock(join(root, 'dist/.build.lock'), async () => {
    const reports: BuildReport[] = [];
    for (const step of buildSteps(root)) {
      if (only === undefined || only.includes(step.name)) {
        reports.push(await runStep(root, step, record));
      }
    }
    return reports;
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const isQuiet = process.argv.includes('--quiet');
  for (const report of await build()) {
    if (isQuiet && report.outcome === 'unchanged') continue;
    console.log(`${report.step}: ${report.outcome} (${report.milliseconds} ms)`);
  }
}
