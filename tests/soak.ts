import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildServer } from './support/child-server.ts';
import { invariants } from './support/other-oracle.ts';
import { printResult } from './support/print-result.ts';
import { runConcurrency } from './support/run-concurrency.ts';
import { startDatabases } from './support/test-database.ts';

/**
 * The long run of the concurrency test: laps until 100,000 operations are done, or as many as told (`npm run test:soak --
 * --operations 300000`). Each lap is on a database and two processes of its own, because what is claimed is checked against
 * everything that was done in it.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    operations: { type: 'string', default: '100000' },
    clients: { type: 'string', default: '12' },
  },
});

const lapSeconds = 180;
const tree = fileURLToPath(new URL('..', import.meta.url));
const wanted = Number(values.operations);
const first = Number(values.seed);
console.log(`seed ${first}`);
const program = await buildServer(tree);
const databases = await startDatabases();
let [laps, broken, done] = [0, 0, 0];
try {
  while (broken === 0 && done < wanted) {
    const seed = first + laps;
    laps += 1;
    console.log(
      `\nlap ${laps}, seed ${seed}, ${lapSeconds} s, ${done} of ${wanted} operations done`,
    );
    const result = await runConcurrency({
      ...{ tree, program, databases, seed, focus: 'all', stopAtFirst: false },
      ...{
        operations: 0,
        seconds: lapSeconds,
        mostSeconds: lapSeconds,
        clients: Number(values.clients),
      },
    });
    done += result.operations;
    const least = { contested: lapSeconds, operations: lapSeconds * 10 };
    broken += printResult(result, invariants, least);
  }
} finally {
  await databases.stop();
}
console.log(
  `\n${done} operations in ${laps} laps\n${laps - (broken > 0 ? 1 : 0)} passed, ${broken > 0 ? 1 : 0} failed`,
);
process.exitCode = broken > 0 ? 1 : 0;
