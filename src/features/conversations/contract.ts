import { z } from 'zod';
import { type MediaKind, mediaSchema } from '#features/media/contract.ts';
import { sendTemplateSchema, sentTemplateSchema } from '#features/templates/contract.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageQuerySchema } from '#platform/shared/page.ts';
import { textSchema } from '#platform/shared/text.ts';
import {
  contentSchema,
  lineSchema,
  linkCardSchema,
  referralSchema,
  sendButtonsSchema,
  sendContactsSchema,
  sendListSchema,
  sendLocationSchema,
} from './content/contract.ts';
import {
  lastMessageSchema,
  lastReactionSchema,
  messageDirections,
  messageKindSchema,
  messageStatusSchema,
  quotedSchema,
  withheldSchema,
} from './in-short/contract.ts';

export * from './content/contract.ts';
export * from './errors/contract.ts';
export * from './in-short/contract.ts';
export * from './retention/contract.ts';

/** What an activity line tells; words are the screens' business. */
export const activitySchema = z.object({
  event: z.enum([
    'assigned',
    'returned-to-queue',
    'resolved',
    'reopened',
    'number-changed',
    'block-ended',
  ]),
  byName: z.string().nullable(),
  toName: z.string().nullable(),
});

export const messageSchema = z
  .object({
    id: idSchema,
    conversationId: idSchema,
    direction: z.enum(messageDirections),
    type: messageKindSchema,
    text: z.string().nullable(),
    status: messageStatusSchema,
    /** `contact-blocked`, `window-closed`, or `whatsapp-<code>`. */
    error: z.object({ code: z.string() }).optional(),
    at: z.iso.datetime(),
    author: z
      .object({
        kind: z.enum(['member', 'api-key', 'system', 'phone-app']),
        name: z.string().nullable(),
      })
      .nullable(),
    replyTo: quotedSchema.nullable(),
    isForwarded: z.boolean(),
    isFrequentlyForwarded: z.boolean(),
    /** Id of the message of ours that this one is a forwarded copy of. */
    forwardedFrom: idSchema.nullable(),
    editedAt: z.iso.datetime().nullable(),
    /** The person deleted it on WhatsApp; its text is gone here too. */
    revokedAt: z.iso.datetime().nullable(),
    reactions: z.array(z.object({ direction: z.enum(['in', 'out']), emoji: z.string() })),
    activity: activitySchema.nullable(),
    /** One plain line of facts for kinds that are not shown in full yet (a file name, a place's name). */
    summary: z.string().nullable(),
    /** The file it came or went with; null for kinds without one, and when it was taken back. */
    media: mediaSchema.nullable(),
    /** What it says beside its text, by kind; null for plain ones, and for what is too odd to be shown. */
    content: contentSchema.nullable(),
    referral: referralSchema.nullable(),
    linkCard: linkCardSchema.nullable(),
    /** What surrounds the text of a message made of a template; null for others, and for those made elsewhere. */
    template: sentTemplateSchema.nullable(),
    withheld: withheldSchema,
    /** Number of the request by which it was removed. */
    removalNumber: z.number().int().nullable(),
    /** Covered because the same was removed before: why it was, as a reason of removal requests. */
    repeatReason: z.string().optional(),
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof messageSchema>;

export const conversationSchema = z
  .object({
    id: idSchema,
    contactId: idSchema,
    contactName: z.string(),
    contactPhone: z.string().nullable(),
    isBlocked: z.boolean(),
    /** Somebody asked for a block and the administration has not decided: the contact's media is withheld until then. */
    isBlockRequested: z.boolean(),
    channel: z.object({ id: idSchema, name: z.string(), displayNumber: z.string() }),
    status: z.enum(['open', 'resolved']),
    assignee: z.object({ id: idSchema, name: z.string() }).nullable(),
    unreadCount: z.number().int(),
    lastMessage: lastMessageSchema.nullable(),
    lastReaction: lastReactionSchema.nullable(),
    lastActivityAt: z.iso.datetime(),
    waitingSince: z.iso.datetime().nullable(),
    /** Free text may be sent until then (24 h after the person last wrote); null = closed. */
    windowClosesAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Conversation' });
export type Conversation = z.infer<typeof conversationSchema>;

export const conversationViews = ['mine', 'queue', 'all', 'block-requested', 'blocked'] as const;
export const conversationViewSchema = z.enum(conversationViews);
export type ConversationView = z.infer<typeof conversationViewSchema>;

export const conversationQuerySchema = pageQuerySchema.extend({
  view: conversationViewSchema.default('all'),
  /** Part of a name or of a number. */
  search: textSchema.trim().max(200).optional(),
  unread: z.enum(['true', 'false']).optional(),
  /** Absent: mine, queue → open; all, block-requested, blocked → both. */
  status: z.enum(['open', 'resolved']).optional(),
  /** Only what goes through this number of ours. */
  channelId: idSchema.optional(),
});

export const conversationCountsQuerySchema = conversationQuerySchema.pick({ channelId: true });

export const conversationCountsSchema = z
  .object({
    mine: z.object({ open: z.number().int(), unread: z.number().int() }),
    queue: z.object({ open: z.number().int(), unread: z.number().int() }),
    all: z.object({ open: z.number().int(), unread: z.number().int() }),
    /** Whose block the caller asked for; in none of the others. */
    blockRequested: z.object({ open: z.number().int() }),
  })
  .meta({ id: 'ConversationCounts' });
export type ConversationCounts = z.infer<typeof conversationCountsSchema>;

/** What can be looked at, and what is only saved. */
export const mediaShelves = ['visual', 'document'] as const;
export type MediaShelf = (typeof mediaShelves)[number];

export const conversationMediaQuerySchema = pageQuerySchema.extend({
  /** Absent: both. */
  shelf: z.enum(mediaShelves).optional(),
});

/** WhatsApp takes no longer text in one message. */
export const longestText = 4096;

export const sendTextSchema = z.object({
  type: z.literal('text'),
  text: lineSchema(longestText),
  replyTo: idSchema.optional(),
});

/** A file that was put into `/uploads` by the same person or key, within the last day. */
const file = { uploadId: idSchema, replyTo: idSchema.optional() };
const captionSchema = textSchema.max(1024, { message: 'too-long' }).optional();
const sendFile = <K extends MediaKind>(kind: K) => z.object({ type: z.literal(kind), ...file });
const sendCaptioned = <K extends MediaKind>(kind: K) =>
  z.object({ type: z.literal(kind), ...file, caption: captionSchema });

/** What can be sent, by its type. Its file may be of a kind that WhatsApp also takes as this one: a voice note as audio. */
export const sendMessageSchema = z.discriminatedUnion('type', [
  sendTextSchema,
  sendCaptioned('image'),
  sendCaptioned('video'),
  sendCaptioned('document'),
  sendFile('audio'),
  sendFile('voice'),
  sendFile('sticker'),
  sendLocationSchema,
  sendContactsSchema,
  sendButtonsSchema,
  sendListSchema,
  sendTemplateSchema,
]);
export type SendMessage = z.infer<typeof sendMessageSchema>;

/** `Idempotency-Key`: repeating a request under the same key answers as the first one was answered. */
export const sendHeadersSchema = z.object({
  'idempotency-key': z.string().min(1).max(200).optional(),
});

export const forwardSchema = z.object({
  conversationIds: z.array(idSchema).min(1).max(20),
});
export const forwardAnswerSchema = z.object({
  results: z.array(
    z.object({
      conversationId: idSchema,
      status: z.enum(['queued', 'refused']),
      code: z.string().optional(),
      /** The queued message, or the failed attempt; null where nothing was kept: no such conversation, window closed, text too long. */
      messageId: idSchema.nullable(),
    }),
  ),
});

/** A new conversation by a number typed as Brazilians type it: "(11) 91234-5678". */
export const startConversationSchema = z.object({
  phone: z.string().trim().min(3).max(40),
  name: textSchema.trim().max(200).optional(),
  channelId: idSchema.optional(),
});

/** Null returns the conversation to the queue. */
export const assignSchema = z.object({ assigneeId: idSchema.nullable() });

export const channelSchema = z
  .object({
    id: idSchema,
    kind: z.string(),
    name: z.string(),
    displayNumber: z.string(),
    /** A disconnected one keeps its conversations; nothing can be sent from it. */
    isConnected: z.boolean(),
  })
  .meta({ id: 'Channel' });
export type Channel = z.infer<typeof channelSchema>;

/**
 * The one live event, `changes`: finished views of what changed in one commit, for every screen of the workspace.
 * `refetch` means: read again what is on screen.
 */
export const changesSchema = z.object({
  conversations: z.array(conversationSchema),
  messages: z.array(messageSchema),
  contactIds: z.array(idSchema),
  membersChanged: z.boolean(),
  /** Of removal requests that changed; each is read by who may. */
  removalIds: z.array(idSchema),
  refetch: z.boolean(),
  /** How many screens are told by the same process: the more there are, the seldomer each asks for counters. */
  screens: z.number().int().optional(),
});
export type Changes = z.infer<typeof changesSchema>;

/** What a person who looked says of a message of unknown end. */
export const settleSchema = z.object({ outcome: z.enum(['sent', 'failed']) });
