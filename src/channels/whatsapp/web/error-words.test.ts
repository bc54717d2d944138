import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { errorWordOf } from './error-words.ts';
import { en } from './locales/en.ts';
import { es } from './locales/es.ts';
import { ptBR } from './locales/pt-br.ts';

const sheet = readFileSync(
  new URL('../../../../docs/whatsapp-cloud-api.md', import.meta.url),
  'utf8',
);

/** Every code of the table in 2.9; of a range its ends. */
const codes = (): number[] => {
  const table = sheet.slice(sheet.indexOf('### 2.9'), sheet.indexOf('## 3. Media'));
  const cells = [...table.matchAll(/^\|([^|]+)\|/gm)].map(([, cell]) => cell ?? '');
  return cells.flatMap((cell) => (cell.replaceAll('xxx', '000').match(/\d+/g) ?? []).map(Number));
};

it.each([
  ['pt-BR', ptBR],
  ['en', en],
  ['es', es],
])('words every code of the sheet in %s', (_language, words) => {
  const own: Record<string, string> = words.errors.codes;
  const silent = codes().filter(
    (code) =>
      own[String(code)] === undefined && errorWordOf(code, words.errors.kinds) === undefined,
  );
  expect(codes().length).toBeGreaterThan(60);
  expect(silent).toEqual([]);
});

it('has no words for a code that nobody knows', () => {
  expect(errorWordOf(999_999, en.errors.kinds)).toBeUndefined();
});
