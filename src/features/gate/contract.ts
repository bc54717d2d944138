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

export const blockCauses = [
  ...['manual', 'number-change', 'merge', 'split', 'import', 'exchange-list', 'journal'],
] as const;
export type BlockCause = (typeof blockCauses)[number];

/** What is known of the attempts since the block (G1): how many, of which kind, first and last time. */
export const attemptsSchema = z.object({
  total: z.number().int(),
  byKind: z.record(z.string(), z.number().int()),
  firstAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
});

/**
 * How a block stands on WhatsApp's own list of one number (G8). pending: about to be asked; off: not asked for, by the
 * number's setting or by whoever blocked. Our own block never depends on it.
 */
export const upstreamStates = [
  'pending',
  'applied',
  'waiting-for-message',
  'failed',
  'list-full',
  'not-supported',
  'off',
] as const;
export const upstreamStateSchema = z.enum(upstreamStates);
export type UpstreamState = z.infer<typeof upstreamStateSchema>;

const upstreamOnChannelSchema = z.object({
  channelId: idSchema,
  channelName: z.string(),
  state: upstreamStateSchema,
  /** WhatsApp's code, or our own word for what happened; null when there is nothing to explain. */
  code: z.string().nullable(),
  triedAt: z.iso.datetime().nullable(),
});
export type UpstreamOnChannel = z.infer<typeof upstreamOnChannelSchema>;

/** A block with everything moderators and administrators may see. Never part of an agent's answer. */
export const blockSchema = z
  .object({
    id: idSchema,
    contactId: idSchema,
    contactName: z.string(),
    contactPhone: z.string().nullable(),
    /** The person's data was erased: neither name nor number is known, and the block holds by keyed hashes. It can be lifted. */
    isContactErased: z.boolean(),
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
    /** When somebody last looked at it and kept it. */
    reviewedAt: z.iso.datetime().nullable(),
    isActive: z.boolean(),
    /** Whether WhatsApp's own list is to be asked for it: what `upstream` of blocking was. */
    wantsUpstream: z.boolean(),
    attempts: attemptsSchema,
    /** One for each number through which this contact speaks; nothing of a block that has ended. */
    upstream: z.array(upstreamOnChannelSchema),
  })
  .meta({ id: 'Block' });
export type Block = z.infer<typeof blockSchema>;

/** Somebody who is not blocked here and is on WhatsApp's list of a number all the same, so that nothing comes from them there. */
export const stillListedSchema = z
  .object({
    channelId: idSchema,
    channelName: z.string(),
    /** It is being taken off. */
    isRemoving: z.boolean(),
    /** Why WhatsApp did not let go of it, if it was asked. */
    code: z.string().nullable(),
    triedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'StillListed' });
export type StillListed = z.infer<typeof stillListedSchema>;

export const activeBlockSchema = z.object({
  block: blockSchema.nullable(),
  /** Of somebody who is not blocked. */
  stillListed: z.array(stillListedSchema),
});
export type ActiveBlock = z.infer<typeof activeBlockSchema>;

export const blockContactSchema = z.object({
  reason: blockReasonSchema,
  note: textSchema.trim().max(2000).optional(),
  /** Absent = without end. Must lie in the future. */
  expiresAt: z.iso
    .datetime({ offset: true })
    // With its offset the last day of year 9999 can be the first of a year that no answer can write.
    .refine((end) => new Date(end).getUTCFullYear() <= 9999, { message: 'too far away' })
    .optional(),
  /** Whether WhatsApp's own list is asked as well. */
  upstream: z.boolean().default(true),
});

export const putBlockSchema = blockContactSchema.extend({
  /**
   * Which block is meant to be changed: one that has ended meanwhile, or that another has replaced, is answered
   * `block-changed`, and nothing is done. Without it a contact that is not blocked is blocked.
   */
  blockId: idSchema.optional(),
});

export const blockAnswerSchema = z.object({
  block: blockSchema,
  /** False: the contact was blocked already, and that block has what was asked for now. */
  isNew: z.boolean(),
  /** Messages whose request to WhatsApp was under way and whose end is not known after 10 s (G2). */
  stillOnWire: z.array(idSchema),
});

export const unblockQuerySchema = z.object({
  /**
   * Its making is undone, and nothing else: another one that holds by now is left as it is, and so is this one once somebody other
   * than who made it has confirmed or changed it (`block-confirmed`).
   */
  blockId: idSchema.optional(),
});

export const unblockAnswerSchema = z.object({
  /** The block that was lifted; null when the contact was not blocked, or not by the one that was named. */
  block: blockSchema.nullable(),
});

/** WhatsApp's block list of one number, and what we know of it. */
export const blockListSchema = z
  .object({
    isOn: z.boolean(),
    isConnected: z.boolean(),
    isChecking: z.boolean(),
    /** The last whole reading, and how many people were on the list. */
    checkedAt: z.iso.datetime().nullable(),
    listed: z.number().int().nullable(),
    /** The last reading came to nothing, and why; what was known before stays. */
    failedAt: z.iso.datetime().nullable(),
    failure: z.string().nullable(),
    /** People blocked here, by their state there. */
    applied: z.number().int(),
    onlyHere: z.number().int(),
    /** On the list there and not blocked here; how many of them are being taken off it. */
    onlyThere: z.number().int(),
    removing: z.number().int(),
  })
  .meta({ id: 'BlockList' });
export type BlockList = z.infer<typeof blockListSchema>;

export const setBlockListSchema = z.object({ isOn: z.boolean() });

export const differenceQuerySchema = pageQuerySchema.extend({
  /** `here`: blocked here, not there; `there`: the other way round. */
  side: z.enum(['here', 'there']).default('there'),
});

/** Somebody who is on one list and not on the other. */
export const blockDifferenceSchema = z
  .object({
    id: idSchema,
    side: z.enum(['here', 'there']),
    contactId: idSchema.nullable(),
    contactName: z.string().nullable(),
    phone: z.string().nullable(),
    /** WhatsApp's id of somebody whose number it does not show. */
    userId: z.string().nullable(),
    /** Of one that is here: why it is not there. */
    state: upstreamStateSchema.nullable(),
    /** Its removal from there was asked for. */
    isRemoving: z.boolean(),
    code: z.string().nullable(),
    triedAt: z.iso.datetime().nullable(),
    foundAt: z.iso.datetime(),
  })
  .meta({ id: 'BlockDifference' });
export type BlockDifference = z.infer<typeof blockDifferenceSchema>;

export const adoptDifferenceSchema = blockContactSchema.omit({ upstream: true });

export const gateErrorCodes = [
  'contact-blocked',
  'contact-not-blocked',
  'block-end-in-the-past',
  'block-confirmed',
  'block-changed',
  'channel-not-found',
  'block-difference-not-found',
  'block-list-off',
  'identity-not-readable',
] as const;
