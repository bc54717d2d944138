import type { ConcurrencyResult } from './run-concurrency.ts';

/** What was done, what was proved, what broke. @returns how many checks failed */
export const printResult = (
  result: ConcurrencyResult,
  invariants: readonly string[],
  least: { readonly contested: number; readonly operations: number },
): number => {
  const { records, findings, operations, contested, seconds } = result;
  const kinds = [...records.counts].sort(([, a], [, b]) => b - a);
  console.log(`\n${operations} operations in ${Math.round(seconds)} s:`);
  console.log(kinds.map(([name, n]) => `${name} ${n}`).join(', '));
  const files = `${records.files.length} for files`;
  console.log(
    `${records.items.size} inbound items, ${records.graph.length} requests at the Graph, ${files}`,
  );
  console.log(`contested pairs: ${contested}\n`);
  const checks = [
    ...invariants.map((text) => ({ text, broken: findings.get(text) ?? [] })),
    {
      text: `at least ${least.operations} operations`,
      broken: operations < least.operations ? [String(operations)] : [],
    },
    {
      text: `at least ${least.contested} contested pairs`,
      broken: contested < least.contested ? [String(contested)] : [],
    },
  ];
  for (const { text, broken } of checks) {
    console.log(`${broken.length === 0 ? 'ok  ' : 'FAIL'} ${text}`);
    for (const what of broken.slice(0, 5)) {
      console.log(`       ${what}`);
    }
    if (broken.length > 5) {
      console.log(`       and ${broken.length - 5} more`);
    }
  }
  const failed = checks.filter((check) => check.broken.length > 0).length;
  console.log(`\n${checks.length - failed} passed, ${failed} failed`);
  return failed;
};
