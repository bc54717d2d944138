import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';

export const erasePersonSchema = z.object({
  /** Says that it is meant: nothing of it can be brought back. */
  confirm: z.literal('erase'),
});

/** What was erased of a person. The contact is found by nobody from then on. */
export const erasureSchema = z
  .object({
    contactId: idSchema,
    erasedAt: z.iso.datetime(),
    /** In both directions, with notes and what had been forwarded to others. */
    messages: z.number().int(),
    /** Of these, what had been forwarded to others of what the person sent. */
    copies: z.number().int(),
    files: z.number().int(),
    /** Requests for a removal that were about the person. */
    requests: z.number().int(),
    /** The block goes on holding, by keyed hashes of the person's identities. */
    isBlocked: z.boolean(),
  })
  .meta({ id: 'Erasure' });
export type Erasure = z.infer<typeof erasureSchema>;
