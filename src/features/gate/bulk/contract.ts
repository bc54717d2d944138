import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { blockContactSchema } from '../contract.ts';
import { bulkLimit } from './limit/contract.ts';

export const bulkContactsSchema = z.object({
  contactIds: z.array(idSchema).min(1).max(bulkLimit),
});

export const bulkBlockSchema = blockContactSchema.extend(bulkContactsSchema.shape);

/**
 * Why it was not done for one of them. `contact-already-blocked`: its block stays as it is; `block-list-off`: no list of
 * WhatsApp's is to be asked for it; `unavailable`: nothing wrong with it, ask again.
 */
export const bulkFailureCodes = [
  'contact-not-found',
  'contact-already-blocked',
  'contact-not-blocked',
  'block-end-in-the-past',
  'block-list-off',
  'unavailable',
] as const;
export type BulkFailureCode = (typeof bulkFailureCodes)[number];

export const bulkAnswerSchema = z
  .object({
    /** Of how many contacts it was done. */
    done: z.number().int(),
    /** One for each of the others, in the order they were named. */
    failed: z.array(z.object({ contactId: idSchema, code: z.enum(bulkFailureCodes) })),
  })
  .meta({ id: 'BulkAnswer' });
export type BulkAnswer = z.infer<typeof bulkAnswerSchema>;

export const bulkBlockAnswerSchema = bulkAnswerSchema
  .extend({
    /** Messages whose request to WhatsApp was under way and whose end is not known after 10 s (G2). */
    stillOnWire: z.array(idSchema),
  })
  .meta({ id: 'BulkBlockAnswer' });
export type BulkBlockAnswer = z.infer<typeof bulkBlockAnswerSchema>;
