import { fileURLToPath } from 'node:url';
import { buildServer } from './support/child-server.ts';
import { invariants } from './support/other-oracle.ts';
import { printResult } from './support/print-result.ts';
import { runConcurrency } from './support/run-concurrency.ts';
import { nextLap, readSoakOptions } from './support/soak-length.ts';
import { startDatabases } from './support/test-database.ts';

/**
 * The long run of the concurrency test: laps until 100,000 operations are done, or for as long as told (`npm run test:soak --
 * --minutes 30`, `--seconds`, `--operations 300000`; of two the one that is over first). Each lap is on a database and two
 * processes of its own, because what is claimed is checked against everything that was done in it.
 */

const told = readSoakOptions(process.argv.slice(2));
const tree = fileURLToPath(new URL('..', import.meta.url));
console.log(`seed ${told.seed}`);
const program = await buildServer(tree);
const databases = await startDatabases();
const started = performance.now();
const secondsSoFar = (): number => (performance.now() - started) / 1000;
let [laps, broken, done] = [0, 0, 0];
try {
  for (
    let seconds = nextLap(told, { operations: done, seconds: secondsSoFar() });
    broken === 0 && seconds > 0;
    seconds = nextLap(told, { operations: done, seconds: secondsSoFar() })
  ) {
    const seed = told.seed + laps;
    laps += 1;
    const soFar = `${done} operations in ${Math.round(secondsSoFar())} s done`;
    console.log(`\nlap ${laps}, seed ${seed}, ${seconds} s, ${soFar}`);
    const result = await runConcurrency({
      ...{ tree, program, databases, seed, focus: 'all', stopAtFirst: false },
      ...{ operations: 0, seconds, mostSeconds: seconds, clients: told.clients },
    });
    done += result.operations;
    const least = { contested: seconds, operations: seconds * 10 };
    broken += printResult(result, invariants, least);
  }
} finally {
  await databases.stop();
}
console.log(
  `\n${done} operations in ${laps} laps\n${laps - (broken > 0 ? 1 : 0)} passed, ${broken > 0 ? 1 : 0} failed`,
);
process.exitCode = broken > 0 ? 1 : 0;
