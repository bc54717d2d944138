import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildServer } from './support/child-server.ts';
import { invariants } from './support/other-oracle.ts';
import { printResult } from './support/print-result.ts';
import { runConcurrency } from './support/run-concurrency.ts';
import { startDatabases } from './support/test-database.ts';

/**
 * The concurrency test for as long as told: `npm run test:soak -- --minutes 30`. In laps, each on a database and two
 * processes of its own, because what is claimed is checked against everything that was done in a lap.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    minutes: { type: 'string', default: '30' },
    clients: { type: 'string', default: '12' },
  },
});

const lapSeconds = 180;
const tree = fileURLToPath(new URL('..', import.meta.url));
const end = performance.now() + Number(values.minutes) * 60_000;
const first = Number(values.seed);
console.log(`seed ${first}`);
const program = await buildServer(tree);
const databases = await startDatabases();
let [laps, broken] = [0, 0];
try {
  while (broken === 0 && (laps === 0 || performance.now() < end)) {
    const seed = first + laps;
    laps += 1;
    const seconds = Math.max(
      20,
      Math.min(lapSeconds, Math.round((end - performance.now()) / 1000)),
    );
    console.log(`\nlap ${laps}, seed ${seed}, ${seconds} s`);
    const result = await runConcurrency({
      ...{ tree, program, databases, seed, focus: 'all', stopAtFirst: false },
      ...{ operations: 0, seconds, mostSeconds: seconds, clients: Number(values.clients) },
    });
    broken += printResult(result, invariants, { contested: seconds, operations: seconds * 10 });
  }
} finally {
  await databases.stop();
}
console.log(`\n${laps - (broken > 0 ? 1 : 0)} passed, ${broken > 0 ? 1 : 0} failed`);
process.exitCode = broken > 0 ? 1 : 0;
