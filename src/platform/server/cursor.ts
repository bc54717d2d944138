import { z } from 'zod';
import { AppError } from './errors.ts';

/** A page of a list, newest first; `nextCursor` is null on the last one. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** As `toISOString` writes it; the year 0 is one that PostgreSQL does not know. */
const momentSchema = z.iso.datetime({ precision: 3 }).refine((at) => !at.startsWith('0000'));
const positionSchema = z.object({ at: momentSchema, id: z.uuid() });
type Position = z.infer<typeof positionSchema>;

/** Where a page ended, by time and id: rows that arrive meanwhile move nothing (keyset). */
export const encodeCursor = (position: Position): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** @throws AppError invalid-cursor (400) for anything `encodeCursor` did not make */
export const decodeCursor = (cursor: string): Position => {
  try {
    return positionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new AppError('invalid-cursor', 400);
  }
};

/** Before whatever there is: where the first page begins, so that it is asked for by the same text as every other, and its plan kept. */
const top = { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/**
 * After which row a page of a list, newest first, begins.
 * @throws AppError invalid-cursor (400)
 */
export const positionOf = (
  cursor: string | undefined,
): { readonly at: string; readonly id: string } =>
  cursor === undefined ? top : decodeCursor(cursor);

/**
 * How many rows to read for a page of `limit` items: one more tells that there is a next page. Only three sizes, so that
 * a query may carry it as a literal and has no more texts than that. @param limit 1 to 100
 */
export const rowsToRead = (limit: number): number => (limit <= 25 ? 26 : limit <= 50 ? 51 : 101);

/**
 * The page that these rows make.
 * @param rows newest first, and at least one more than the page has when there are more
 * @param positionOf where a page ends that ends with this row
 */
export const toPage = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => { readonly at: Date; readonly id: string },
  toItem: (row: Row) => Item,
): Page<Item> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const end = rows.length > limit && last !== undefined ? positionOf(last) : undefined;
  return {
    items: shown.map(toItem),
    nextCursor: end === undefined ? null : encodeCursor({ at: end.at.toISOString(), id: end.id }),
  };
};
