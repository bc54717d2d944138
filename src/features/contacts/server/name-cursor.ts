import { z } from 'zod';
import { AppError } from '#platform/server/errors.ts';

const positionSchema = z.object({ name: z.string().max(1000), id: z.uuid() });
type NamePosition = z.infer<typeof positionSchema>;

/** Where a page by name ended. */
export const encodeNameCursor = (position: NamePosition): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** @throws AppError invalid-cursor (400) for anything `encodeNameCursor` did not make */
export const decodeNameCursor = (cursor: string): NamePosition => {
  try {
    const position = positionSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
    // PostgreSQL knows no NUL in a text.
    return { ...position, name: position.name.replaceAll('\0', '') };
  } catch {
    throw new AppError('invalid-cursor', 400);
  }
};
