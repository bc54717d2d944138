import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, plainCell, safeCell } from './csv.ts';

async function* rowsOf(...rows: string[][]) {
  yield* rows;
}

const textOf = async (rows: AsyncIterable<string[]>): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of csvOf(['nome', 'número'], rows)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('utf8');
};

describe('a cell', () => {
  it.each([
    ['=HYPERLINK("http://a")', `'=HYPERLINK("http://a")`],
    ['+1+1', "'+1+1"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['+55 (11)', "'+55 (11)"],
    ['+5511999990000', '+5511999990000'],
    ["'=1", "''=1"],
    // Where a spreadsheet splits elsewhere than we do, a cell of its own begins in the middle of ours.
    ["a,=cmd|'/C calc'!A0,", "a,'=cmd|'/C calc'!A0,"],
    ['a;+1', "a;'+1"],
    ['a\t@SUM(A1)', "a\t'@SUM(A1)"],
    ['a,  -1', "a,  '-1"],
    ['a, "=1+1", b', `a, "'=1+1", b`],
    ['a\n=1', "a\n'=1"],
    ['a,,=1,=2', "a,,'=1,'=2"],
    ["a,'=1", "a,''=1"],
    ['a=1, b-2; c@d +5', 'a=1, b-2; c@d +5'],
    ['Ana', 'Ana'],
    ['', ''],
  ])('%j is written as %j', (given, written) => {
    expect(safeCell(given)).toBe(written);
    expect(plainCell(written)).toBe(given);
  });

  it('is the text that it was when it is read again, whatever it holds', () => {
    const text = fc.string({ unit: fc.constantFrom(...`a1 ,;"'=+-@\t\r\n`), maxLength: 12 });
    fc.assert(
      fc.property(text, (given) => {
        expect(plainCell(safeCell(given))).toBe(given);
      }),
    );
  });
});

describe('a file for spreadsheets', () => {
  it('has its mark, its header and a line each, quoted where it must be', async () => {
    expect(await textOf(rowsOf(['Ana; "a"', '+5511999990000'], ['linha\nduas', '=1']))).toBe(
      '\uFEFFnome;número\r\n"Ana; ""a""";+5511999990000\r\n"linha\nduas";\'=1\r\n',
    );
  });

  it('that cannot be read to its end fails, and is not taken for whole', async () => {
    const broken = async function* () {
      yield ['Ana', '1'];
      throw new Error('the database is gone');
    };
    await expect(textOf(broken())).rejects.toThrow('the database is gone');
  });
});
