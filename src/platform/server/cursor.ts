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
