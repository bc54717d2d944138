import { z } from 'zod';

/** `?cursor=&limit=` of every list. The cursor is opaque: it comes from the `nextCursor` of the page before. */
export const pageQuerySchema = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** The shape of every list answer. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/**
 * The shape of a list that is always whole, so that its route takes no cursor: short by its nature (our numbers, our people),
 * or cut at a number that the route says.
 */
export const wholeListOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.null().meta({ description: 'Always null: the list is whole' }),
  });
