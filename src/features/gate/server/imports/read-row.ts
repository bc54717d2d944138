import {
  type MatchKey,
  matchKeysOf,
  parseTypedAccount,
  parseTypedPhone,
} from '#features/contacts/server/index.ts';
import { plainCell } from '#platform/server/csv.ts';
import type { BlockReason } from '../../contract.ts';
import { importLimits, type RowCause } from '../../imports/contract.ts';
import { readUntil } from './read-until.ts';
import { type ColumnName, columnNames, columnOf, reasonOf } from './words.ts';

/** At which place of a row each column is; what is not in the file is absent. */
export type Columns = Readonly<Partial<Record<ColumnName, number>>>;

/** @returns undefined when the columns that every file needs are not all there */
export const findColumns = (heading: readonly string[]): Columns | undefined => {
  const places = heading.map(columnOf);
  const found = columnNames.flatMap((name) =>
    places.includes(name) ? [[name, places.indexOf(name)] as const] : [],
  );
  const columns: Columns = Object.fromEntries(found);
  const isWhole = columns.reason !== undefined && (columns.number ?? columns.id) !== undefined;
  return isWhole ? columns : undefined;
};

/** What a row of the file says. */
export interface GoodRow {
  readonly kind: 'good';
  readonly identity: MatchKey;
  /** The id that stands beside a number: of the same person. */
  readonly account: MatchKey | null;
  readonly name: string | null;
  readonly reason: BlockReason;
  readonly note: string | null;
  /** As `readUntil` gives it. */
  readonly until: string | null;
}

export interface BadRow {
  readonly kind: 'bad';
  readonly cause: RowCause;
  /** What stood for the number, so that a person finds it again. */
  readonly number: string | null;
}

/**
 * What is written so that a spreadsheet does not compute a cell: our own apostrophes before what looks like a formula, and `="…"`.
 * Nothing here computes anything; a formula is text.
 */
const unwrap = (cell: string): string => {
  const text = cell.trim();
  const quoted = /^="(.*)"$/s.exec(text);
  return quoted?.[1]?.trim() ?? plainCell(text);
};

/** What a spreadsheet makes of a long number, with most of its digits gone. */
const scientific = /^\d+([.,]\d+)?e\+?\d+$/i;

/** A number of Brazil without its area code is nobody's, and a column that lost its first digits is full of them. */
const isCut = (phone: string): boolean => phone.startsWith('55') && phone.length < 12;

const readNumber = (number: string): MatchKey | RowCause => {
  if (scientific.test(number)) {
    return 'number-scientific';
  }
  const phone = parseTypedPhone(number);
  const [key] = phone === null || isCut(phone) ? [] : matchKeysOf({ phone });
  // With a plus sign until the person writes, as for numbers that people type.
  return key === undefined ? 'number-invalid' : { ...key, value: `+${key.value}` };
};

/** An id of a parent account is several people's, and no way to name one of them. */
const readAccount = (id: string): MatchKey | RowCause => {
  const [key, ...more] = matchKeysOf(parseTypedAccount(id) ?? {});
  return key === undefined || more.length > 0 ? 'id-invalid' : key;
};

const readNames = (
  number: string,
  id: string,
): Pick<GoodRow, 'identity' | 'account'> | RowCause => {
  if (number === '' && id === '') {
    return 'number-missing';
  }
  const identity = number === '' ? readAccount(id) : readNumber(number);
  const account = number === '' || id === '' ? null : readAccount(id);
  if (typeof identity === 'string') return identity;
  return typeof account === 'string' ? account : { identity, account };
};

const readEnd = (text: string): string | null | undefined =>
  text === '' ? null : (readUntil(text) ?? undefined);

export const readRow = (cells: readonly string[], columns: Columns): GoodRow | BadRow => {
  const cell = (name: ColumnName): string => {
    const place = columns[name];
    return place === undefined ? '' : unwrap(cells[place] ?? '');
  };
  const shown = cell('number') || cell('id');
  const bad = (cause: RowCause): BadRow => ({
    kind: 'bad',
    cause,
    number: shown === '' ? null : shown.replaceAll('\0', '').slice(0, 60),
  });
  if (cells.length > importLimits.columns) return bad('too-many-cells');
  if (cells.some((text) => text.includes('\0'))) return bad('bad-character');
  const names = readNames(cell('number'), cell('id'));
  if (typeof names === 'string') return bad(names);
  const reason = reasonOf(cell('reason'));
  if (reason === undefined) {
    return bad(cell('reason') === '' ? 'reason-missing' : 'reason-unknown');
  }
  const [name, note, until] = [cell('name'), cell('note'), readEnd(cell('until'))];
  if (name.length > importLimits.name) return bad('name-too-long');
  if (note.length > importLimits.note) return bad('note-too-long');
  if (until === undefined) return bad('until-invalid');
  return { kind: 'good', ...names, name: name || null, reason, note: note || null, until };
};
