/** Kinds and states of messages, and what one line says of a message. Re-exported by ../contract.ts. */
import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';

export const messageDirections = ['in', 'out', 'internal'] as const;

/** Every kind that can arrive; those not yet shown in full are a plain line by their kind. */
export const messageKinds = [
  'text',
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
  'location',
  'contacts',
  'button-reply',
  'list-reply',
  'flow-reply',
  'order',
  'request-welcome',
  'call',
  'template',
  'interactive',
  'number-change',
  'media-placeholder',
  'unsupported',
  // Ours, on its way or refused; one that left is among the reactions of its message.
  'reaction',
  'activity',
] as const;
export const messageKindSchema = z.enum(messageKinds);
export type MessageKind = z.infer<typeof messageKindSchema>;

/**
 * received: from the contact · queued: accepted here · sending: on the wire · sent: WhatsApp took it ·
 * unknown: its end is not known and it is never sent again by itself.
 */
export const messageStatuses = [
  'received',
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
  'unknown',
] as const;
export const messageStatusSchema = z.enum(messageStatuses);
export type MessageStatus = z.infer<typeof messageStatusSchema>;

/**
 * Why nothing of its content is here: `covered` while its removal is decided, `removed` for good. Ids, direction, time and kind
 * stay; whatever else it said is null or empty.
 */
export const withheldSchema = z.enum(['covered', 'removed']).nullable();
export type Withheld = z.infer<typeof withheldSchema>;

/** What one line says of a message that is not its text alone; null where it is, and of what is withheld. */
const inShort = {
  /** Facts in plain words: a file's name, a place, the names on cards, answers. */
  summary: z.string().nullable(),
  /**
   * What the screen has words for: of a call how it stands (`ringing`, `under-way`, `answered`, `missed`, `rejected`), of what
   * WhatsApp does not hand on its kind, of an answer about calls `call-permission-accept` or `-reject`.
   */
  variant: z.string().nullable(),
};

export const quotedSchema = z.object({
  /** Null when the quoted message is not in our history. */
  id: idSchema.nullable(),
  direction: z.enum(messageDirections).nullable(),
  type: messageKindSchema.nullable(),
  text: z.string().nullable(),
  ...inShort,
  withheld: withheldSchema,
});

export const lastMessageSchema = z.object({
  id: idSchema,
  direction: z.enum(messageDirections),
  type: messageKindSchema,
  text: z.string().nullable(),
  status: messageStatusSchema,
  at: z.iso.datetime(),
  ...inShort,
  isRevoked: z.boolean(),
  withheld: withheldSchema,
  /** It came with covered media: a list says nothing of it, whoever has looked. */
  isMediaCovered: z.boolean(),
});

export type LastMessage = z.infer<typeof lastMessageSchema>;

/** A reaction that came after all messages of a conversation; of a withheld message none is told. */
export const lastReactionSchema = z.object({
  /** in: the person's. */
  direction: z.enum(['in', 'out']),
  emoji: z.string(),
  at: z.iso.datetime(),
  to: lastMessageSchema.pick({
    id: true,
    direction: true,
    type: true,
    text: true,
    at: true,
    summary: true,
    variant: true,
    isRevoked: true,
  }),
});
