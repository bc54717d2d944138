import { describe, expect, it } from 'vitest';
import { safeCell } from '#platform/server/csv.ts';
import { blockReasons } from '../../contract.ts';
import { type Columns, findColumns, readRow } from './read-row.ts';
import { readUntil } from './read-until.ts';
import { reasonOf } from './words.ts';

const columns: Columns = { number: 0, reason: 1, name: 2, note: 3, until: 4, id: 5 };
const read = (...cells: string[]) => readRow(cells, columns);

describe('headings', () => {
  it.each([
    ['Número', 'Nome', 'Motivo do bloqueio', 'Observação', 'Até'],
    ['number', 'name', 'Reason', 'NOTE', 'until'],
    ['Teléfono', 'Nombre', 'Motivo', 'Observación', 'Hasta'],
  ])('are found in three languages: %s, %s, %s, %s, %s', (...heading) => {
    expect(findColumns(heading)).toEqual({ number: 0, name: 1, reason: 2, note: 3, until: 4 });
  });

  it('may have others between them, and an id instead of a number', () => {
    expect(findColumns(['cidade', 'id', 'motivo'])).toEqual({ id: 1, reason: 2 });
  });

  it('without a number or a reason are not enough', () => {
    expect(findColumns(['nome', 'motivo'])).toBeUndefined();
    expect(findColumns(['número', 'nome'])).toBeUndefined();
  });
});

describe('a row', () => {
  it('says whom, why, and until when', () => {
    expect(
      read('(11) 91234-5678', 'Ofensa ou ameaça', ' Ana ', 'três vezes', '31/12/2026'),
    ).toEqual({
      kind: 'good',
      identity: { kind: 'phone', key: 'phone:5511912345678', value: '+5511912345678' },
      account: null,
      name: 'Ana',
      reason: 'offense',
      note: 'três vezes',
      until: '2026-12-31 23:59:59',
    });
  });

  it.each(['+5511912345678', '5511912345678', "'+5511912345678", '="11912345678"', '1191234-5678'])(
    'reads the number %s',
    (number) => {
      expect(read(number, 'spam')).toMatchObject({ identity: { key: 'phone:5511912345678' } });
    },
  );

  it('takes the id of WhatsApp where there is no number', () => {
    const identity = { kind: 'bsuid', key: 'bsuid:BR.123abc', value: 'BR.123abc' };
    for (const id of ['BR.123abc', 'br.123abc']) {
      expect(read('', 'spam', '', '', '', id)).toMatchObject({ identity, account: null });
    }
  });

  it('takes both where both are there', () => {
    expect(read('11912345678', 'spam', '', '', '', 'BR.123abc')).toMatchObject({
      identity: { key: 'phone:5511912345678' },
      account: { kind: 'bsuid', key: 'bsuid:BR.123abc', value: 'BR.123abc' },
    });
  });

  it.each([
    [['', 'spam'], 'number-missing'],
    [['12', 'spam'], 'number-invalid'],
    [['91234-5678', 'spam'], 'number-invalid'],
    [['=HYPERLINK("http://x")', 'spam'], 'number-invalid'],
    [['5,51191E+12', 'spam'], 'number-scientific'],
    [['', 'spam', '', '', '', 'fulano'], 'id-invalid'],
    [['', 'spam', '', '', '', 'BR.ENT.123abc'], 'id-invalid'],
    [['11912345678', 'spam', '', '', '', 'fulano'], 'id-invalid'],
    [['11912345678', ''], 'reason-missing'],
    [['11912345678', 'porque sim'], 'reason-unknown'],
    [['11912345678', 'spam', 'a'.repeat(201)], 'name-too-long'],
    [['11912345678', 'spam', '', 'a'.repeat(2_001)], 'note-too-long'],
    [['11912345678', 'spam', '', '', '31/06/2027'], 'until-invalid'],
    [['11912345678', 'spam', '\0'], 'bad-character'],
    [['11912345678', 'spam', ...Array<string>(60).fill('x')], 'too-many-cells'],
  ])('tells what is wrong with %j', (cells, cause) => {
    expect(readRow(cells, columns)).toMatchObject({ kind: 'bad', cause });
  });

  it('keeps a formula as the text that it is', () => {
    expect(read('11912345678', 'spam', '=1+1', "'=2+2")).toMatchObject({
      name: '=1+1',
      note: '=2+2',
    });
  });

  it.each([
    ['a,=1+1', 'x; "-2", @y'],
    ['=1', '- um\n- dois, +3'],
    ["'=1", "a,'=1"],
    ['Ana', '+5511999990000'],
  ])('reads the name %j and the note %j of our own file as they were', (name, note) => {
    const cells = ['11912345678', 'spam', safeCell(name), safeCell(note)];
    expect(readRow(cells, columns)).toMatchObject({ name, note });
  });
});

describe('an end', () => {
  it.each([
    ['31/12/2026 18:05', '2026-12-31 18:05:00'],
    ['1.2.2027', '2027-02-01 23:59:59'],
    ['2026-12-31', '2026-12-31 23:59:59'],
    ['2026-12-31 08:00:30', '2026-12-31 08:00:30'],
    ['2026-12-31T10:00:00-03:00', '2026-12-31T13:00:00.000Z'],
    ['2026-02-31T10:00:00Z', null],
    ['29/02/2027', null],
    ['31/12/2026 24:00', null],
    ['0000-01-01', null],
    ['amanhã', null],
  ])('%s is %s', (text, expected) => {
    expect(readUntil(text)).toBe(expected);
  });
});

it('every reason is read by its code and by words of three languages', () => {
  expect(blockReasons.map(reasonOf)).toEqual([...blockReasons]);
  expect(['GOLPE OU FRAUDE', 'Acoso sexual', 'improper content', 'Outro'].map(reasonOf)).toEqual([
    'fraud',
    'sexual-harassment',
    'improper-content',
    'other',
  ]);
});
