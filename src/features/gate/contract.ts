import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { pageQuerySchema } from '#platform/shared/page.ts';
import { textSchema } from '#platform/shared/text.ts';

export const blockReasons = [
  'offense',
  'sexual-harassment',
  'improper-content',
  'discrimination',
  'fraud',
  'spam',
  'other',
] as const;
export const blockReasonSchema = z.enum(blockReasons);
export type BlockReason = z.infer<typeof blockReasonSchema>;

export const blockCauses = ['manual', 'number-change', 'merge'] as const;

/** What is known of the attempts since the block (G1): how many, of which kind, first and last time. */
export const attemptsSchema = z.object({
  total: z.number().int(),
  byKind: z.record(z.string(), z.number().int()),
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
});

/** A block with everything moderators and administrators may see. Never part of an agent's answer. */
export const blockSchema = z
  .object({
    id: idSchema,
    contactId: idSchema,
    contactName: z.string(),
    contactPhone: z.string().nullable(),
    reason: blockReasonSchema,
    note: z.string().nullable(),
    cause: z.enum(blockCauses),
    startedAt: z.iso.datetime(),
    /** Null when the product itself opened it (a number change). */
    startedBy: z.object({ id: idSchema.nullable(), name: z.string() }).nullable(),
    expiresAt: z.iso.datetime().nullable(),
    /** Lifted by a person, or ended by the clock. */
    endedAt: z.iso.datetime().nullable(),
    liftedBy: z.object({ id: idSchema.nullable(), name: z.string() }).nullable(),
    isActive: z.boolean(),
    attempts: attemptsSchema,
  })
  .meta({ id: 'Block' });
export type Block = z.infer<typeof blockSchema>;

export const blockContactSchema = z.object({
  reason: blockReasonSchema,
  note: textSchema.trim().max(2000).optional(),
  /** Absent = without end. Must lie in the future. */
  expiresAt: z.iso
    .datetime({ offset: true })
    // With its offset the last day of year 9999 can be the first of a year that no answer can write.
    .refine((end) => new Date(end).getUTCFullYear() <= 9999, { message: 'too far away' })
    .optional(),
});

export const blockAnswerSchema = z.object({
  block: blockSchema,
  /** Messages whose request to WhatsApp was under way and whose end is not known after 10 s (G2). */
  stillOnWire: z.array(idSchema),
});

export const unblockAnswerSchema = z.object({
  /** The block that was lifted; null when the contact was not blocked. */
  block: blockSchema.nullable(),
});

export const blockQuerySchema = pageQuerySchema.extend({
  state: z.enum(['active', 'ended', 'all']).default('active'),
  contactId: idSchema.optional(),
});

export const gateErrorCodes = ['contact-blocked', 'block-end-in-the-past'] as const;
