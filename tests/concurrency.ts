import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildServer } from './support/child-server.ts';
import { invariants } from './support/other-oracle.ts';
import { printResult } from './support/print-result.ts';
import { runConcurrency } from './support/run-concurrency.ts';
import { startDatabases } from './support/test-database.ts';

/** The stateful concurrency test of the gate: `--seed`, `--operations`, `--seconds`, `--clients`. */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    operations: { type: 'string', default: '5400' },
    seconds: { type: 'string', default: '0' },
    clients: { type: 'string', default: '12' },
  },
});

const tree = fileURLToPath(new URL('..', import.meta.url));
const seed = Number(values.seed);
console.log(`seed ${seed}`);
const program = await buildServer(tree);
const databases = await startDatabases();
try {
  const result = await runConcurrency({
    ...{ tree, program, databases, seed, focus: 'all', stopAtFirst: false },
    operations: Number(values.operations),
    seconds: Number(values.seconds),
    mostSeconds: Math.max(Number(values.seconds), 0) + 240,
    clients: Number(values.clients),
    onProgress: console.log,
  });
  const failed = printResult(result, invariants, { contested: 200, operations: 5_000 });
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  await databases.stop();
}
