import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { pageQuerySchema } from '#platform/shared/page.ts';
import { textSchema } from '#platform/shared/text.ts';

/** A name by which WhatsApp knows a person; the value itself never whole. */
export const identitySchema = z
  .object({
    id: idSchema,
    kind: z.enum(['phone', 'bsuid', 'parent-bsuid', 'lid']),
    maskedValue: z.string(),
    /** Left behind by its person. While the contact is blocked it still blocks. */
    isFormer: z.boolean(),
    firstSeenAt: z.iso.datetime(),
    /** The contact it was of before a merge, where it can be given back to. */
    cameFrom: z.object({ id: idSchema, name: z.string() }).nullable(),
  })
  .meta({ id: 'Identity' });
export type Identity = z.infer<typeof identitySchema>;

/** What is known of one contact without a word of what was written. */
export const contactFactsSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    maskedNumber: z.string().nullable(),
    isBlocked: z.boolean(),
    createdAt: z.iso.datetime(),
    identities: z.array(identitySchema),
    /** Newest first, at most 20 of them. */
    conversations: z.array(
      z.object({
        id: idSchema,
        channelName: z.string(),
        status: z.enum(['open', 'resolved']),
        lastActivityAt: z.iso.datetime(),
      }),
    ),
    conversationCount: z.number().int(),
  })
  .meta({ id: 'ContactFacts' });
export type ContactFacts = z.infer<typeof contactFactsSchema>;

export const splitContactSchema = z.object({
  /** What goes to the new contact, or back to the one it came from. */
  identityIds: z.array(idSchema).min(1).max(50),
  /** Of a blocked contact: whether what goes stays blocked. The contact itself does in either case. */
  keepBlock: z.boolean().default(true),
  /** A name of ours for the new contact. */
  givenName: textSchema.trim().max(200).optional(),
});

export const conflictKinds = [
  'recycled-number',
  'same-number-other-account',
  'former-identity',
] as const;

/**
 * apart: two people, nothing changes. merged: one person. blocked: two people, and the block holds for both.
 * released: two people, and the one who is not blocked has the identity that both claim.
 */
export const conflictOutcomes = ['apart', 'merged', 'blocked', 'released'] as const;
export const conflictOutcomeSchema = z.enum(conflictOutcomes);
export type ConflictOutcome = z.infer<typeof conflictOutcomeSchema>;

/** Two facts that cannot both be true of one person, with what is known of both sides. */
export const identityConflictSchema = z
  .object({
    id: idSchema,
    kind: z.enum(conflictKinds),
    /** What both claim, or the account that nobody has. */
    identityKind: z.enum(['phone', 'bsuid', 'parent-bsuid', 'lid']),
    maskedIdentity: z.string(),
    openedAt: z.iso.datetime(),
    contact: contactFactsSchema,
    /** Null while nobody has the new account, whose messages are dropped; and where both are one contact by now. */
    other: contactFactsSchema.nullable(),
    /** What can be decided now; empty once it was. */
    outcomes: z.array(conflictOutcomeSchema),
    outcome: conflictOutcomeSchema.nullable(),
    decidedAt: z.iso.datetime().nullable(),
    decidedBy: z.string().nullable(),
  })
  .meta({ id: 'IdentityConflict' });
export type IdentityConflict = z.infer<typeof identityConflictSchema>;

export const conflictQuerySchema = pageQuerySchema.extend({
  state: z.enum(['open', 'decided']).default('open'),
});
export const conflictCountsSchema = z.object({ open: z.number().int() });

export const decideConflictSchema = z.object({
  outcome: conflictOutcomeSchema,
  /** Of a merge with somebody blocked: whether the one that remains is. */
  keepBlock: z.boolean().default(true),
});

/** The conflict as it was decided. */
export const decidedConflictSchema = identityConflictSchema
  .extend({
    /** Where it blocks somebody: messages whose request to WhatsApp was under way and whose end is not known after 10 s (G2). */
    stillOnWire: z.array(idSchema),
  })
  .meta({ id: 'DecidedConflict' });
export type DecidedConflict = z.infer<typeof decidedConflictSchema>;

export const peopleErrorCodes = [
  'identity-not-found',
  'split-needs-both-sides',
  'contact-on-wire',
  'conflict-not-found',
  'conflict-decided',
  'conflict-outcome-unfit',
] as const;
