import { z } from 'zod';
import { inboundSchema } from '../inject/inbound-spec.ts';
import { RequestError } from '../state/request-error.ts';
import { templateCategories, templateStatuses } from '../templates/template.ts';
import { WEBHOOK_FIELDS } from '../wire/webhook-fields.ts';

const awaiting = {
  /** true: answer after the business answered, whatever it said; `delivered`: after its 200. */
  wait: z.union([z.boolean(), z.literal('delivered')]).default(false),
  waitMs: z.number().int().min(1).max(600_000).default(30_000),
};

const shape = z.enum(['merged', 'changes', 'entries', 'mixed']).optional();

export const inboundOne = inboundSchema.extend(awaiting);

export const inboundMany = z.strictObject({
  ...awaiting,
  messages: z.array(inboundSchema).min(1).max(1_000),
  /** All in one webhook body. */
  sameBody: z.boolean().default(false),
  shape,
  copies: z.number().int().min(0).max(50).optional(),
  delayMs: z.number().int().min(0).optional(),
});

export const statusBody = z.strictObject({
  /** Message of the outbox; another id needs `to`. */
  id: z.string().min(1),
  status: z.enum(['sent', 'delivered', 'read', 'played', 'failed']),
  to: z.string().optional(),
  channel: z.string().optional(),
  callbackData: z.string().optional(),
  code: z.number().int().optional(),
  details: z.string().optional(),
  timestamp: z.union([z.number(), z.string()]).optional(),
  raw: z.record(z.string(), z.unknown()).optional(),
  copies: z.number().int().min(0).max(50).optional(),
  delayMs: z.number().int().min(0).optional(),
  ...awaiting,
});

/** Webhooks leave by HTTP alone. */
const webAddress = z.url({ protocol: /^https?$/ });

export const rawWebhookBody = z.strictObject({
  channel: z.string().optional(),
  /** Sent as JSON with escapes; or the very text in `text`. */
  body: z.unknown().optional(),
  text: z.string().optional(),
  /** Signs with another secret. */
  secret: z.string().optional(),
  /** The header itself; null: no signature at all. */
  signature: z.string().nullable().optional(),
  url: webAddress.optional(),
});

const phoneChanges = {
  name: z.string().min(1).max(80).optional(),
  username: z.string().nullable().optional(),
  hidden: z.enum(['no', 'missing', 'empty']).optional(),
  waId: z.string().optional(),
  userId: z.string().nullable().optional(),
  isOnWhatsApp: z.boolean().optional(),
  readsAlone: z.boolean().optional(),
  onDesk: z.boolean().optional(),
  isOnline: z.boolean().optional(),
  /** The person blocks (or unblocks) the business. */
  blocksBusiness: z.boolean().optional(),
  /** ISO date of the last message the person sent to the business. */
  lastInboundAt: z.iso.datetime({ offset: true }).optional(),
  channel: z.string().optional(),
};

export const newPhone = z.strictObject({ ...phoneChanges, number: z.string().min(8) });
export const newPhones = z.union([
  newPhone,
  z.strictObject({ phones: z.array(newPhone).max(50_000) }),
]);
export const phonePatch = z.strictObject(phoneChanges);

export const channelBody = z.strictObject({
  phoneNumberId: z.string().regex(/^\d+$/),
  wabaId: z.string().regex(/^\d+$/),
  displayPhoneNumber: z.string().min(8),
  verifiedName: z.string().optional(),
  appSecret: z.string().min(1),
  verifyToken: z.string().min(1),
  webhookUrl: webAddress.nullable().optional(),
  accessToken: z.string().nullable().optional(),
  coexistence: z.boolean().optional(),
  portfolio: z.string().optional(),
});

/** What one would type at Meta, under WhatsApp, configuration, webhook. */
export const verifyBody = z.strictObject({
  webhookUrl: webAddress.optional(),
  verifyToken: z.string().min(1).optional(),
});

export const channelPatch = z.strictObject({
  webhookUrl: webAddress.nullable().optional(),
  subscribed: z.boolean().optional(),
  otherApp: z.boolean().optional(),
  /** The webhook fields ticked at Meta. */
  fields: z.array(z.enum(WEBHOOK_FIELDS)).optional(),
  coexistence: z.boolean().optional(),
  /** With `coexistence`: when it joined; its history can be asked for within a day. */
  joinedAt: z.iso.datetime({ offset: true }).optional(),
  historyShared: z.boolean().optional(),
  health: z
    .strictObject({
      status: z.string().optional(),
      quality: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']).optional(),
      throughput: z.enum(['STANDARD', 'HIGH', 'NOT_APPLICABLE']).optional(),
      limit: z.string().optional(),
      nameStatus: z.string().optional(),
    })
    .optional(),
});

export const expiryBody = z.strictObject({
  /** One file; all of them without it. */
  id: z.string().optional(),
  what: z.enum(['url', 'id']).default('url'),
});

const component = z.looseObject({ type: z.string() });

export const templateBody = z.strictObject({
  channel: z.string().optional(),
  name: z.string().regex(/^[a-z0-9_]+$/),
  language: z.string().default('pt_BR'),
  category: z.enum(templateCategories).default('UTILITY'),
  status: z.enum(templateStatuses).default('APPROVED'),
  parameterFormat: z.enum(['POSITIONAL', 'NAMED']).optional(),
  /** Shorthand for a body alone. */
  text: z.string().optional(),
  components: z.array(component).optional(),
});

export const templatePatch = z.strictObject({
  status: z.enum(templateStatuses).optional(),
  reason: z.string().optional(),
  category: z.enum(templateCategories).optional(),
  quality: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']).optional(),
  /** false: change it silently. */
  tell: z.boolean().default(true),
});

export const accountEvent = z.strictObject({
  channel: z.string().optional(),
  field: z.string().min(1),
  value: z.record(z.string(), z.unknown()),
  /** With the number's metadata, as news of a number has it. */
  withNumber: z.boolean().default(false),
  ...awaiting,
});

export const historyBody = z.strictObject({
  channel: z.string().optional(),
  people: z.array(z.string()).optional(),
  perPerson: z.number().int().min(1).max(5_000).optional(),
  perChunk: z.number().int().min(1).max(1_000).optional(),
  shuffled: z.boolean().optional(),
  declined: z.boolean().optional(),
  everyMs: z.number().int().min(0).optional(),
  ...awaiting,
});

export const contactSyncBody = z.strictObject({ channel: z.string().optional(), ...awaiting });

export const listChange = z.strictObject({
  user: z.string().min(1),
  channel: z.string().optional(),
  blocked: z.boolean(),
});

export const scenarioBody = z.strictObject({
  number: z.string().min(8).optional(),
  name: z.string().optional(),
  channel: z.string().optional(),
  everyMs: z.number().int().min(50).optional(),
  times: z.number().int().min(1).optional(),
});

/** Reads a body by its schema, or answers 422 with what is wrong. */
export function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body ?? {});
  if (!result.success) throw new RequestError(422, z.prettifyError(result.error));
  return result.data;
}
