import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { CheckGateCaller } from './check-gate-callers.ts';

const GATE_DOOR = 'src/features/gate/server/index.ts';
const GATE_ENTRY = 'src/features/gate/server/check-gate.ts';
const IS_TEST = /\.test\.tsx?$|\/testing\.tsx?$|\/testing\//;

function parse(root: string, file: string): ts.SourceFile {
  const text = readFileSync(join(root, file), 'utf8');
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, kind);
}

function someNode(node: ts.Node, test: (node: ts.Node) => boolean): boolean {
  return (
    test(node) || ts.forEachChild(node, (child) => someNode(child, test) || undefined) === true
  );
}

function mentionsCheckGate(source: ts.SourceFile): boolean {
  return someNode(source, (node) => ts.isIdentifier(node) && /^checkGate/.test(node.text));
}

/** `export { checkGate as ask }` would hide every caller from this search. */
function hidesCheckGate(source: ts.SourceFile): boolean {
  return someNode(
    source,
    (node) =>
      (ts.isExportSpecifier(node) || ts.isImportSpecifier(node)) &&
      node.propertyName !== undefined &&
      /^checkGate/.test(node.propertyName.text) &&
      !/^checkGate/.test(node.name.text),
  );
}

function compare(callers: ReadonlySet<string>, listed: readonly CheckGateCaller[]): string[] {
  const allowed = new Set(listed.map((caller) => caller.file));
  return [
    ...[...callers]
      .filter((file) => !allowed.has(file))
      .map((file) => `${file} asks checkGate and is not in CHECK_GATE_CALLERS`),
    ...[...allowed]
      .filter((file) => !callers.has(file))
      .map((file) => `${file} is in CHECK_GATE_CALLERS and asks nothing`),
    ...listed
      .filter((caller) => caller.reason.trim() === '')
      .map((caller) => `${caller.file} is in CHECK_GATE_CALLERS without a reason`),
  ];
}

/** What a caller says it sends is what it asks the gate for, spelled out at each call. */
function compareWays(root: string, { file, ways = [] }: CheckGateCaller): string[] {
  const named = new Set<string>();
  let silent = 0;
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /\bcheckGateOutbound$/.test(node.expression.getText())) {
      const [, way] = node.arguments;
      if (way !== undefined && ts.isStringLiteral(way)) named.add(way.text);
      else silent += 1;
    }
    ts.forEachChild(node, look);
  };
  const source = parse(root, file);
  ts.forEachChild(ts.createSourceFile(file, source.text, ts.ScriptTarget.Latest, true), look);
  return [
    ...(silent > 0 ? [`${file} asks checkGateOutbound without spelling out its way to send`] : []),
    ...[...named]
      .filter((way) => !ways.some((listed) => listed === way))
      .map((way) => `${file} sends ${way}, which CHECK_GATE_CALLERS does not say`),
    ...ways
      .filter((way) => !named.has(way))
      .map((way) => `${file} is in CHECK_GATE_CALLERS for ${way} and does not send it`),
  ];
}

/** Compares the files that use `checkGate…` with the closed list; returns one sentence per fault. */
export function checkGateCallers(
  root: string,
  files: readonly string[],
  listed: readonly CheckGateCaller[],
): string[] {
  const faults: string[] = [];
  const callers = new Set<string>();
  for (const file of files) {
    if (!file.startsWith('src/') || IS_TEST.test(file)) continue;
    const source = parse(root, file);
    if (hidesCheckGate(source)) faults.push(`${file} renames checkGate, which hides its callers`);
    if (file !== GATE_DOOR && file !== GATE_ENTRY && mentionsCheckGate(source)) callers.add(file);
  }
  const asking = listed.filter((caller) => callers.has(caller.file));
  return [
    ...faults,
    ...compare(callers, listed),
    ...asking.flatMap((caller) => compareWays(root, caller)),
  ];
}
