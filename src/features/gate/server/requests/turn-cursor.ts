import { z } from 'zod';
import { AppError } from '#platform/server/errors.ts';

const turnSchema = z.object({
  times: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  at: z.iso.datetime({ precision: 3 }).refine((at) => !at.startsWith('0000')),
  id: z.uuid(),
});

interface Turn {
  readonly broughtUpCount: number;
  readonly openedAt: Date;
  readonly id: string;
}

/** Behind whom a page of open requests ends. */
export const encodeTurn = ({ broughtUpCount: times, openedAt, id }: Turn): string =>
  Buffer.from(JSON.stringify({ times, at: openedAt.toISOString(), id })).toString('base64url');

/** @throws AppError invalid-cursor (400) for anything `encodeTurn` did not make */
export const decodeTurn = (cursor: string): z.infer<typeof turnSchema> => {
  try {
    return turnSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new AppError('invalid-cursor', 400);
  }
};
