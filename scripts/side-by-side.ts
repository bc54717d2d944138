import { runToEnd } from './run-to-end.ts';

/**
 * `tsx scripts/side-by-side.ts a b` runs these scripts of package.json at once, each with what it prints in one piece, and
 * fails when one of them does.
 */
const names = process.argv.slice(2);
const ends = await Promise.all(
  names.map((name) =>
    runToEnd({
      command: 'npm',
      args: ['run', '--silent', name],
      limitMs: 600_000,
      isHeld: true,
    }),
  ),
);
const failed = names.filter((_, index) => ends[index]?.exitedWell !== true);
if (failed.length > 0) {
  console.log(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
