import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseFile } from './parse-file.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'guarita-csv-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const rowsOf = async (content: string | Buffer) => {
  const path = join(dir, 'file.csv');
  await writeFile(path, content);
  const rows: [number, ...string[]][] = [];
  for await (const { line, cells } of parseFile(path)) rows.push([line, ...cells]);
  return rows;
};

const text = 'número;observação\r\n5511;ção\r\n';
const expected = [
  [1, 'número', 'observação'],
  [2, '5511', 'ção'],
];

describe('a file of separated values', () => {
  it.each([
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-8 without', Buffer.from(text)],
    ['Windows-1252', Buffer.from(text, 'latin1')],
    ['UTF-16 of a spreadsheet', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ])('is read in %s', async (_, bytes) => {
    expect(await rowsOf(bytes)).toEqual(expected);
  });

  it.each([';', ',', '\t'])('finds out that "%s" stands between its cells', async (sign) => {
    expect(await rowsOf(`"a${sign === ',' ? ';;;' : ',,,'}"${sign}b\n1${sign}2`)).toHaveLength(2);
    expect((await rowsOf(`a${sign}b\n1${sign}2`))[1]).toEqual([2, '1', '2']);
  });

  it('names the line where each row begins, past empty lines and breaks inside cells', async () => {
    const rows = await rowsOf('a;b\n1;"uma\nduas"\n\n;;\n2;x\r\n3;"y ""z"""\n4;5" de tela\n');
    expect(rows).toEqual([
      [1, 'a', 'b'],
      [2, '1', 'uma\nduas'],
      [6, '2', 'x'],
      [7, '3', 'y "z"'],
      [8, '4', '5" de tela'],
    ]);
  });

  it('whose stray mark takes in the lines up to the next one is refused, with its line', async () => {
    const swallowed = 'a;b\n1;"não pagou\n2;x\n3;"outra"\n4;y\n';
    await expect(rowsOf(swallowed)).rejects.toMatchObject({
      code: 'import-unreadable',
      extra: { detail: 'line 2' },
    });
    expect(await rowsOf('a;b\n1;5" de tela\n2;"Fulano" disse\n3;"duas\nlinhas"\n')).toHaveLength(4);
  });

  it.each([
    ['a spreadsheet in Portuguese', ';', '\r\n'],
    ['one in English', ',', '\r\n'],
    ['a program', '\t', '\n'],
  ])(
    'that %s wrote may have cells of several lines that begin with a mark',
    async (_, sign, end) => {
      const cells = ['"Vou te processar"\nmandou três vezes', '"Oi"\n"Tchau"', '"\n'];
      const quoted = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`);
      const lines = ['a', 'b', 'c', 'd'].join(sign) + end + ['1', ...quoted].join(sign) + end;
      expect(await rowsOf(`${lines}${['2', '5" de tela'].join(sign)}${end}`)).toEqual([
        [1, 'a', 'b', 'c', 'd'],
        [2, '1', ...cells],
        [6, '2', '5" de tela'],
      ]);
      const stray = `${lines}${['3', '"não pagou'].join(sign)}${end}${lines}`;
      await expect(rowsOf(stray)).rejects.toMatchObject({ extra: { detail: 'line 6' } });
    },
  );

  it('whose quotation never ends is refused, with its line', async () => {
    await expect(rowsOf(`a;b\n1;"sem fim\n${'2;x\n'.repeat(9_000)}`)).rejects.toMatchObject({
      code: 'import-unreadable',
      extra: { detail: expect.stringMatching(/^line \d+$/) },
    });
  });
});
