import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CHECK_GATE_CALLERS, type CheckGateCaller } from './check-gate-callers.ts';
import { MESSAGE_READERS, type MessageReader } from './check-message-readers.ts';
import { checkMigrations } from './check-migrations.ts';
import { type ArchViolation, cruiseImports, typescriptFiles } from './cruise-imports.ts';
import { checkGateCallers } from './find-gate-callers.ts';
import { checkMessageReaders } from './find-message-readers.ts';

/** What the architecture check found in one tree. */
export interface ArchReport {
  readonly fileCount: number;
  readonly ruleCount: number;
  readonly violations: readonly ArchViolation[];
  /** Faults that are not an import: uncruised files, migrations, callers of the gate, readers of messages. */
  readonly faults: readonly string[];
}

/** A cruiser that cannot read TypeScript reports no violation, so what it saw is counted. */
function unseenFiles(onDisk: readonly string[], cruised: readonly string[]): string[] {
  const seen = new Set(cruised);
  const known = new Set(onDisk);
  return [
    ...onDisk.filter((file) => !seen.has(file)).map((file) => `${file} was not cruised`),
    ...cruised.filter((file) => !known.has(file)).map((file) => `${file} was cruised from nowhere`),
  ];
}

/** Judges the tree below `root` by the rules of `.dependency-cruiser.cjs` and our own. */
export function checkArch(
  root: string,
  gateCallers: readonly CheckGateCaller[] = CHECK_GATE_CALLERS,
  messageReaders: readonly MessageReader[] = MESSAGE_READERS,
): ArchReport {
  const onDisk = typescriptFiles(root);
  const { cruised, ruleCount, violations } = cruiseImports(root);
  return {
    fileCount: onDisk.length,
    ruleCount,
    violations,
    faults: [
      ...unseenFiles(onDisk, cruised),
      ...checkMigrations(root),
      ...checkGateCallers(root, onDisk, gateCallers),
      ...checkMessageReaders(root, onDisk, messageReaders),
    ],
  };
}

function print(report: ArchReport): void {
  for (const { rule, from, to, comment } of report.violations) {
    console.log(`${rule}: ${from}${to && to !== from ? ` → ${to}` : ''}\n    ${comment}`);
  }
  for (const fault of report.faults) console.log(fault);
  const total = report.violations.length + report.faults.length;
  console.log(`${report.fileCount} files, ${report.ruleCount} rules, ${total} violations`);
  if (total > 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const here = fileURLToPath(new URL('..', import.meta.url));
  print(checkArch(resolve(process.argv[2] ?? here)));
}
