import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { MessageReader } from './check-message-readers.ts';

const IS_SERVER = /^src\/.*\/server\/.*\.ts$/;
const IS_TEST = /\.test\.ts$|\/testing\.ts$|\/testing\//;
/** As SQL says it: the table, not a word of a sentence and not `message_media`. */
const inSql = /\b(?:from|join|update|into|using|only|table)\s+(?:public\.)?"?message"?(?![\w"])/i;
/** As the query builder says it. */
const inCalls =
  /\b(?:table|ref|id|selectFrom|innerJoin|leftJoin|insertInto|updateTable|deleteFrom)$/;

const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteral(node) ||
  ts.isNoSubstitutionTemplateLiteral(node) ||
  ts.isTemplateHead(node) ||
  ts.isTemplateMiddle(node) ||
  ts.isTemplateTail(node);

function namesMessage(node: ts.Node, source: ts.SourceFile): boolean {
  if (isText(node) && inSql.test(node.text)) return true;
  if (ts.isCallExpression(node) && inCalls.test(node.expression.getText(source))) {
    const [first] = node.arguments;
    if (first && ts.isStringLiteralLike(first) && /^(public\.)?message( |$)/.test(first.text)) {
      return true;
    }
  }
  return ts.forEachChild(node, (child) => namesMessage(child, source) || undefined) === true;
}

function readsMessage(root: string, file: string): boolean {
  const text = readFileSync(join(root, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
  return namesMessage(source, source);
}

/** Compares the files whose SQL names the table `message` with the closed list; returns one sentence per fault. */
export function checkMessageReaders(
  root: string,
  files: readonly string[],
  listed: readonly MessageReader[],
): string[] {
  const readers = files.filter(
    (file) => IS_SERVER.test(file) && !IS_TEST.test(file) && readsMessage(root, file),
  );
  const allowed = new Set(listed.map(({ file }) => file));
  return [
    ...readers
      .filter((file) => !allowed.has(file))
      .map((file) => `${file} reads the table message and is not in MESSAGE_READERS`),
    ...[...allowed]
      .filter((file) => !readers.includes(file))
      .map((file) => `${file} is in MESSAGE_READERS and does not read the table`),
    ...listed
      .filter(({ reason }) => reason.trim() === '')
      .map(({ file }) => `${file} is in MESSAGE_READERS without a reason`),
  ];
}
