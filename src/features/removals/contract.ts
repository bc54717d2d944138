import { z } from 'zod';
import { messageSchema } from '#features/conversations/contract.ts';
import { blockContactSchema } from '#features/gate/contract.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageQuerySchema } from '#platform/shared/page.ts';
import { textSchema } from '#platform/shared/text.ts';
import {
  decisionFields,
  decisionReasonSchema,
  doesNotFit,
  fits,
  nameDecisionFields,
  removalReasonSchema,
  removalReasons,
} from './reasons/contract.ts';

export { type RevealedName, revealedNameSchema } from './names/contract.ts';
export { type RemovalReason, removalReasonSchema, removalReasons } from './reasons/contract.ts';

/**
 * open: nobody has taken it · in-review: somebody has · removing: decided, and not everything is gone yet ·
 * removed: everything that was to go is gone · refused: everything was kept.
 */
export const removalStates = ['open', 'in-review', 'removing', 'removed', 'refused'] as const;
export type RemovalState = (typeof removalStates)[number];

export const removalItemStates = ['open', 'removed', 'kept'] as const;
export type RemovalItemState = (typeof removalItemStates)[number];

/**
 * What must be gone before a request reads as removed, each with its own line. Of previews, notices, webhooks and exports nothing is
 * kept apart: their lines say so.
 */
export const removalSteps = [
  ...(['content', 'files', 'search', 'copies', 'previews', 'queues', 'notices'] as const),
  ...(['webhooks', 'exports', 'statistics', 'tables', 'journal'] as const),
] as const;
export type RemovalStep = (typeof removalSteps)[number];

const note = textSchema.trim().max(2000);
const person = z.object({ id: idSchema.nullable(), name: z.string() });

export const removalAskerSchema = z.object({
  /** Of the member or the API key; `system` is Guarita itself, which suggests. */
  kind: z.enum(['member', 'api-key', 'system']),
  id: idSchema,
  name: z.string(),
  reason: removalReasonSchema,
  note: z.string().nullable(),
  askedAt: z.iso.datetime(),
});

/** The name of the contact is what is asked to go, as it stands. What it is, `revealRemovalName` alone tells. */
export const removalNameSchema = z.object({
  state: z.enum(removalItemStates),
  /** The first of two who must say that it goes. */
  proposedBy: person.nullable(),
  decidedBy: person.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  /** Why it was decided so; null of what went along with another request. */
  decidedFor: decisionReasonSchema.nullable().optional(),
  answer: z.string().nullable(),
});

/** One message that is asked to go. Nothing of its content is here: that is read by `reveal` alone. */
export const removalItemSchema = z.object({
  messageId: idSchema,
  state: z.enum(removalItemStates),
  direction: z.enum(['in', 'out', 'internal']),
  /** As `Message.type`. */
  type: messageSchema.shape.type,
  at: z.iso.datetime(),
  /** Copies that were forwarded, covered along with it. */
  copies: z.number().int(),
  /** Other messages with the very same bytes; never covered by the act of the asker. */
  sameBytes: z.number().int(),
  /** The first of two who must say that it goes. */
  proposedBy: person.nullable(),
  /** What the first of two ticked of the others with the same bytes; for whoever reviews. */
  proposedAlso: z.array(idSchema),
  decidedBy: person.nullable(),
  decidedAt: z.iso.datetime().nullable(),
  /** Why it was decided so; null of what went along with another request. */
  decidedFor: decisionReasonSchema.nullable().optional(),
  answer: z.string().nullable(),
  /** Why Guarita suggests it, for whoever reviews: it has the very bytes of something removed, or looks like it. */
  repeat: z.enum(['same-bytes', 'same-looks']).nullable().optional(),
});

export const removalCheckSchema = z.object({
  step: z.enum(removalSteps),
  state: z.enum(['pending', 'done', 'failed']),
  count: z.number().int(),
  /** For programs, such as `storage-unreachable`. */
  errorCode: z.string().nullable(),
  tries: z.number().int(),
  /** When it was done; of one that is not, when it is tried next. */
  at: z.iso.datetime().nullable(),
});

/** A request to take content out of the history. Whoever reviews sees all of it; whoever asked sees their own part. */
export const removalRequestSchema = z
  .object({
    id: idSchema,
    /** Counts up within the workspace: what people call it by. */
    number: z.number().int(),
    state: z.enum(removalStates),
    /** Null of the name of somebody with whom there is no conversation. */
    conversationId: idSchema.nullable(),
    contactId: idSchema,
    contactName: z.string(),
    /** Null as the conversation is; it stays so when that person writes later. */
    channel: z.object({ id: idSchema, name: z.string() }).nullable(),
    openedAt: z.iso.datetime(),
    dueAt: z.iso.datetime(),
    isOverdue: z.boolean(),
    /** Somebody asks to take out what they wrote themselves. */
    isOwn: z.boolean(),
    isAtSight: z.boolean(),
    /** Two people must say that it goes. */
    needsTwo: z.boolean(),
    /** First come first; an agent finds only themselves here. */
    askers: z.array(removalAskerSchema),
    /** Whose it is; for whoever reviews. Deciding makes it theirs, so it would tell the asker who decided. */
    assignee: person.nullable(),
    /** Empty where the name of the contact is asked to go. */
    items: z.array(removalItemSchema),
    /** Null where messages are. */
    name: removalNameSchema.nullable(),
    commentCount: z.number().int(),
    decidedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
    /** Empty until something is decided to go, and for whoever only asked. */
    checklist: z.array(removalCheckSchema),
  })
  .meta({ id: 'RemovalRequest' });
export type RemovalRequest = z.infer<typeof removalRequestSchema>;

/** As it stands once it was decided about. */
export const decidedRemovalSchema = removalRequestSchema
  .extend({
    /** With a block in the same step: messages whose request to WhatsApp was under way and whose end is not known after 10 s (G2). */
    stillOnWire: z.array(idSchema),
    /** Somebody had blocked the contact before, and that block stays as it is. */
    blockedBefore: z.boolean(),
  })
  .meta({ id: 'DecidedRemoval' });
export type DecidedRemoval = z.infer<typeof decidedRemovalSchema>;

const messageIds = z.array(idSchema).min(1).max(50);

/** Messages of one conversation. */
export const askRemovalSchema = z.object({
  messageIds,
  reason: removalReasonSchema,
  note: note.optional(),
});
/** The name of a contact. */
export const askNameRemovalSchema = z.object({
  reason: removalReasonSchema,
  note: note.optional(),
});

/** Takes out the name that a moderator met, in one step. */
export const removeNameAtSightSchema = askNameRemovalSchema.extend({
  /** Blocks the contact in the same step: administrators only. */
  block: blockContactSchema.optional(),
});

export const askedRemovalSchema = z.object({
  /** The request that was opened, or the one that was joined; several where the messages were in several. */
  requests: z.array(removalRequestSchema),
  coveredMessageIds: z.array(idSchema),
});

export const removalQuerySchema = pageQuerySchema.extend({
  /** `waiting`: open or in review; `decided`: the others. */
  state: z.enum([...removalStates, 'waiting', 'decided', 'all']).default('waiting'),
  /** What people call it by; a tombstone says it. */
  number: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  reason: removalReasonSchema.optional(),
  channelId: idSchema.optional(),
  contactId: idSchema.optional(),
  /** `none`: nobody has taken it. */
  assigneeId: z.union([idSchema, z.literal('none')]).optional(),
  overdue: z.enum(['true', 'false']).optional(),
});

export const removalCountsSchema = z
  .object({ waiting: z.number().int(), overdue: z.number().int(), mine: z.number().int() })
  .meta({ id: 'RemovalCounts' });
export type RemovalCounts = z.infer<typeof removalCountsSchema>;

export const assignRemovalSchema = z.object({
  /** Of a moderator or an administrator; null gives it back. */
  assigneeId: idSchema.nullable(),
});

export const decideRemovalSchema = z.object({
  items: z
    .array(
      z
        .object({
          messageId: idSchema,
          ...decisionFields,
          /** Messages with the very same bytes that go along (`same-bytes`). */
          alsoMessageIds: z.array(idSchema).max(200).optional(),
        })
        .refine(fits, doesNotFit),
    )
    .min(1)
    .max(50),
  /** A word to those who asked. */
  answer: note.optional(),
  /** Blocks the contact in the same step: administrators only. */
  block: blockContactSchema.optional(),
});
export type DecideRemoval = z.infer<typeof decideRemovalSchema>;

/** Takes out what a moderator met: a request that is opened and decided in one step. */
export const removeAtSightSchema = askRemovalSchema.extend({
  block: blockContactSchema.optional(),
});

export const decideNameRemovalSchema = z
  .object({
    ...nameDecisionFields,
    /** A word to those who asked. */
    answer: note.optional(),
    /** Blocks the contact in the same step: administrators only. */
    block: blockContactSchema.optional(),
  })
  .refine(fits, doesNotFit);
export type DecideNameRemoval = z.infer<typeof decideNameRemovalSchema>;

/** What is under the cover, for whoever reviews; each look is recorded. */
export const revealedMessageSchema = messageSchema.meta({ id: 'RevealedMessage' });

/** A message with the same bytes: where it is, and nothing of what it says. */
export const sameBytesSchema = z.object({
  messageId: idSchema,
  conversationId: idSchema,
  contactName: z.string(),
  direction: z.enum(['in', 'out', 'internal']),
  at: z.iso.datetime(),
});

export const removalCommentSchema = z
  .object({
    id: idSchema,
    /** Null of the team, for whoever only asked. */
    author: z
      .object({ kind: z.enum(['member', 'api-key']), id: idSchema, name: z.string() })
      .nullable(),
    text: z.string(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'RemovalComment' });
export type RemovalComment = z.infer<typeof removalCommentSchema>;

export const commentRemovalSchema = z.object({ text: note.min(1) });

export const setRemovalSettingsSchema = z.object({
  decideWithinHours: z.number().int().min(1).max(720),
  twoPersonReasons: z.array(removalReasonSchema).max(removalReasons.length),
});
export const removalSettingsSchema = setRemovalSettingsSchema.meta({ id: 'RemovalSettings' });
export type RemovalSettings = z.infer<typeof removalSettingsSchema>;

/** Cover is no weapon: so many messages may one asker have put under it within an hour. */
export const mostAskedPerHour = 50;

export const removalErrorCodes = [
  'removal-request-not-found',
  /** No fingerprint covered it, or it was retired before. */
  'print-not-found',
  /** Everything of it is decided. */
  'removal-request-decided',
  /** Nothing of it is decided yet. */
  'removal-request-open',
  /** The messages are of several conversations, or there is nothing in them that could go. */
  'message-not-removable',
  'too-many-removal-requests',
  /** One goes with another that is removed: it cannot be kept in the same call. */
  'decisions-at-odds',
  /** It is on its way to WhatsApp: a moment later its end is known. */
  'message-on-its-way',
  /** The first of two cannot be the second. */
  'second-person-needed',
  /** The person's data was erased before. */
  'contact-erased',
] as const;
