import { z } from 'zod';
import { AppError } from '#platform/server/errors.ts';
import { idSchema } from '#platform/shared/ids.ts';

/** Years that PostgreSQL does not know, and fractions that it does not read. */
const momentSchema = z.iso
  .datetime({ offset: true })
  .max(40)
  .refine((at) => !at.startsWith('0000'));
const keySchema = z.union([
  z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  momentSchema,
  z.enum(['infinity', '-infinity']),
]);
const positionSchema = z.object({ by: z.string().max(20), key: keySchema, id: idSchema });

/** Where a page ended: by the value it is sorted by, and the id. */
export interface BlockPosition {
  readonly by: string;
  readonly key: number | string;
  readonly id: string;
}

export const encodePosition = (position: BlockPosition): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** @throws AppError invalid-cursor (400) for what was not made for a list in this order */
export const decodePosition = (cursor: string, by: string, isNumber: boolean): BlockPosition => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new AppError('invalid-cursor', 400);
  }
  const position = positionSchema.safeParse(parsed);
  if (
    !position.success ||
    position.data.by !== by ||
    (typeof position.data.key === 'number') !== isNumber
  ) {
    throw new AppError('invalid-cursor', 400);
  }
  return position.data;
};
