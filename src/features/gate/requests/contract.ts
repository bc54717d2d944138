import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { pageQuerySchema } from '#platform/shared/page.ts';
import { textSchema } from '#platform/shared/text.ts';
import { blockAnswerSchema, blockContactSchema, blockReasonSchema } from '../contract.ts';

export const blockRequestStates = ['open', 'approved', 'refused'] as const;

/** One of those who ask, with their own words. */
export const askerSchema = z.object({
  /** Of the member or the API key. */
  id: idSchema,
  name: z.string(),
  reason: blockReasonSchema,
  note: z.string().nullable(),
  askedAt: z.iso.datetime(),
});

/**
 * Somebody asks for a contact to be blocked. Whoever decides sees all of it; whoever asked sees their own part of it:
 * the other askers, the messages, who decided and the block are left out.
 */
export const blockRequestSchema = z
  .object({
    id: idSchema,
    contactId: idSchema,
    contactName: z.string(),
    contactPhone: z.string().nullable(),
    state: z.enum(blockRequestStates),
    openedAt: z.iso.datetime(),
    /** When it is brought up next, if nobody decides. */
    dueAt: z.iso.datetime(),
    /** How often, and when last, it was brought up again for want of an answer. */
    broughtUpCount: z.number().int(),
    broughtUpAt: z.iso.datetime().nullable(),
    /** First come first. */
    askers: z.array(askerSchema),
    /** What the contact had written last when it was asked for, newest first; read by `/block-requests/{id}/messages`. */
    messageIds: z.array(idSchema),
    decidedAt: z.iso.datetime().nullable(),
    decidedBy: z.object({ id: idSchema.nullable(), name: z.string() }).nullable(),
    /** The word back of a refusal. */
    answer: z.string().nullable(),
    blockId: idSchema.nullable(),
  })
  .meta({ id: 'BlockRequest' });
export type BlockRequest = z.infer<typeof blockRequestSchema>;

export const requestBlockSchema = z.object({
  reason: blockReasonSchema,
  note: textSchema.trim().max(2000).optional(),
});

/** What is left out comes from the first who asked; a note of theirs stays with the request. */
export const approveBlockRequestSchema = blockContactSchema.partial();

export const refuseBlockRequestSchema = z.object({
  /** A word back, read by those who asked. */
  answer: textSchema.trim().max(2000).optional(),
});

export const approvedBlockRequestSchema = blockAnswerSchema.extend({ request: blockRequestSchema });

export const blockRequestQuerySchema = pageQuerySchema.extend({
  /** `decided`: approved or refused. */
  state: z.enum([...blockRequestStates, 'decided', 'all']).default('open'),
  contactId: idSchema.optional(),
});

/** Of those that the caller may see. */
export const blockRequestCountsSchema = z
  .object({
    open: z.number().int(),
    /** How many of the open ones had no answer in time. */
    overdue: z.number().int(),
    /** How often, all in all, the open ones were brought up: it rises when one is. */
    broughtUp: z.number().int(),
    /** When one of the open ones was brought up last. */
    lastBroughtUpAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'BlockRequestCounts' });
export type BlockRequestCounts = z.infer<typeof blockRequestCountsSchema>;

/** After how many hours without an answer a request is brought up again. */
export const setBlockRequestSettingsSchema = z.object({
  answerWithinHours: z.number().int().min(1).max(720),
});
export const blockRequestSettingsSchema = setBlockRequestSettingsSchema.meta({
  id: 'BlockRequestSettings',
});
export type BlockRequestSettings = z.infer<typeof blockRequestSettingsSchema>;

export const blockRequestErrorCodes = [
  'block-request-not-found',
  'block-request-decided',
  'block-request-open',
  'too-many-block-requests',
] as const;
