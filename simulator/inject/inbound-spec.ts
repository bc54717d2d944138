import { z } from 'zod';
import { sampleNames } from '../media/make-media.ts';

export const inboundTypes = [
  'text',
  'reaction',
  'edit',
  'revoke',
  'button',
  'button_reply',
  'list_reply',
  'flow_reply',
  'call_permission_reply',
  'location',
  'contacts',
  'order',
  'number_change',
  'user_id_change',
  'unsupported',
  'request_welcome',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'call',
  'echo',
  'history',
  'contact_sync',
  'raw',
] as const;

const record = z.record(z.string(), z.unknown());

/** The file of a picture, video, audio, document or sticker. */
const mediaSpec = z.strictObject({
  sample: z.enum(sampleNames).optional(),
  /** The bytes themselves, instead of a sample. */
  base64: z.string().optional(),
  /** Makes the bytes like no other's. */
  seed: z.number().int().min(0).optional(),
  /** Fills the file up to so many bytes. */
  bytes: z.number().int().min(1).max(150_000_000).optional(),
  /** Too large for WhatsApp: the message comes with error 131052 and no file. */
  oversize: z.boolean().optional(),
  /** A digest that is not the file's. */
  wrongSha: z.boolean().optional(),
  /** Whether the webhook has the file's address too; as the setting says without it. */
  url: z.boolean().optional(),
  /** An address to tell instead of the true one. */
  urlInstead: z.string().optional(),
});

/** One thing a person does, as `POST /_sim/inbound` takes it. */
export const inboundSchema = z.strictObject({
  /** Number in any spelling, id of a phone on the desk, or BSUID. */
  from: z.string().min(1).optional(),
  channel: z.string().optional(),
  type: z.enum(inboundTypes).default('text'),
  text: z.string().optional(),

  name: z.string().optional(),
  username: z.string().nullable().optional(),
  /** true = the phone keys are missing; `empty` = there but empty. */
  hidden: z.union([z.boolean(), z.enum(['no', 'missing', 'empty'])]).optional(),
  userId: z.string().optional(),
  /** Whether the person also has a parent id. */
  parentUserId: z.boolean().optional(),
  waId: z.string().optional(),

  /** Message quoted. */
  replyTo: z.string().optional(),
  forwarded: z.enum(['once', 'often']).optional(),
  /** true: a sample advertisement. */
  referral: z.union([z.literal(true), record]).optional(),
  /** Product of the catalogue the message asks about. */
  referredProduct: z
    .strictObject({ catalog_id: z.string(), product_retailer_id: z.string() })
    .optional(),
  groupId: z.string().optional(),
  /** Message reacted to, edited or deleted. */
  target: z.string().optional(),
  /** Absent on a reaction = removed. */
  emoji: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  payload: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  address: z.string().optional(),
  contacts: z.array(record).optional(),
  order: record.optional(),
  unsupportedType: z.string().optional(),
  /** Error code of an unsupported message. */
  code: z.number().int().optional(),
  media: mediaSpec.optional(),
  voice: z.boolean().optional(),
  animated: z.boolean().optional(),
  /** Answer of a flow, or of a permission to call. */
  response: record.optional(),
  /** A card that answers a request for the number. */
  contactRequest: z.boolean().optional(),
  /** What an echo or an edit is of: any other type. */
  kind: z.enum(inboundTypes).optional(),
  contactAction: z.enum(['add', 'remove']).optional(),
  /** What the business's phone calls the person; without it, as they call themselves. */
  bookName: z.string().optional(),
  mimeType: z.string().optional(),
  filename: z.string().optional(),
  mediaId: z.string().optional(),
  newNumber: z.string().optional(),
  newUserId: z.string().optional(),
  callEvent: z.enum(['connect', 'terminate']).optional(),
  callStatus: z.enum(['COMPLETED', 'FAILED']).optional(),
  /** Seconds a call lasted. */
  duration: z.number().int().min(0).optional(),
  /** History: the messages of the thread, oldest first. */
  messages: z.array(record).optional(),

  id: z.string().optional(),
  /** Unix seconds, or an ISO date. */
  timestamp: z.union([z.number(), z.string()]).optional(),
  /** Laid over the message, the contact (null: no contacts at all) and the value built. */
  message: record.optional(),
  contact: record.nullable().optional(),
  value: record.optional(),
  /** Another webhook field, `standby` for one. */
  field: z.string().optional(),

  /** Let it through although the sender is blocked or the number is not told of such things. */
  force: z.boolean().default(false),
  copies: z.number().int().min(0).max(50).optional(),
  delayMs: z.number().int().min(0).optional(),
});

export type InboundSpec = z.output<typeof inboundSchema>;
export type InboundInput = z.input<typeof inboundSchema>;

/** Unix seconds of a timestamp as given, or now. */
export function secondsOf(timestamp: number | string | undefined): number {
  if (timestamp === undefined) return Math.floor(Date.now() / 1_000);
  if (typeof timestamp === 'number') return Math.floor(timestamp);
  if (/^\d+$/.test(timestamp)) return Number(timestamp);
  const parsed = Date.parse(timestamp);
  return Number.isNaN(parsed) ? Math.floor(Date.now() / 1_000) : Math.floor(parsed / 1_000);
}
