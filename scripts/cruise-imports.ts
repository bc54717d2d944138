import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ICruiseResult, IModule } from 'dependency-cruiser';

const FOLDERS = ['src', 'simulator', 'scripts', 'bench', 'tests', 'e2e'];
const CRUISER = fileURLToPath(
  new URL('../node_modules/dependency-cruiser/bin/dependency-cruise.mjs', import.meta.url),
);
const IS_TYPESCRIPT = /\.[mc]?tsx?$/;

/** A forbidden import. */
export interface ArchViolation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  readonly comment: string;
}

/** What dependency-cruiser saw and what it forbids. */
export interface ImportReport {
  readonly cruised: readonly string[];
  readonly ruleCount: number;
  readonly violations: readonly ArchViolation[];
}

/** Every TypeScript file of ours, relative to the root. */
export function typescriptFiles(root: string): string[] {
  const configs = readdirSync(root).filter((name) => /\.config\.ts$/.test(name));
  const nested = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path}`)
      .filter((path) => IS_TYPESCRIPT.test(path) && !path.includes('node_modules/')),
  );
  return [...configs, ...nested].sort();
}

function isOurs(module: IModule): boolean {
  return (
    IS_TYPESCRIPT.test(module.source) &&
    module.couldNotResolve !== true &&
    !module.source.includes('node_modules/')
  );
}

/** Reads the imports of every TypeScript file and judges them by `.dependency-cruiser.cjs`. */
export function cruiseImports(root: string): ImportReport {
  const starts = [
    ...FOLDERS.filter((folder) => existsSync(join(root, folder))),
    ...typescriptFiles(root).filter((file) => !file.includes('/')),
  ];
  const output = execFileSync(
    process.execPath,
    [CRUISER, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...starts],
    { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  const result = JSON.parse(output) as ICruiseResult;
  const comments = new Map(
    result.summary.ruleSetUsed?.forbidden?.map((rule) => [rule.name, rule.comment ?? '']),
  );
  return {
    cruised: result.modules.filter(isOurs).map((module) => module.source),
    ruleCount: result.summary.ruleSetUsed?.forbidden?.length ?? 0,
    violations: result.summary.violations.map((violation) => ({
      rule: violation.rule.name,
      from: violation.from,
      to: violation.to,
      comment: comments.get(violation.rule.name) ?? '',
    })),
  };
}
