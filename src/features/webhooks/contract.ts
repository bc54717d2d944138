import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { pageQuerySchema } from '#platform/shared/page.ts';

const moment = z.iso.datetime();

/** In every event about a contact: our ids and a masked number, never a name or what somebody wrote. */
const about = {
  contact: z.object({ id: idSchema, maskedNumber: z.string() }),
  actor: z.object({ kind: z.enum(['member', 'api-key', 'system']), id: idSchema.nullable() }),
};

/** A message whose content is withheld, or shown again: of what it says nothing. */
const ofMessage = { messageId: idSchema, conversationId: idSchema, requestId: idSchema };

/** Of each event that an endpoint can listen to, what it tells. A new event is one more entry here. */
export const webhookEventData = {
  'contact.blocked': z.object({
    ...about,
    blockId: idSchema,
    reason: z.string(),
    cause: z.enum(['manual', 'number-change', 'merge', 'split', 'import', 'exchange-list']),
    expiresAt: moment.nullable(),
  }),
  'contact.unblocked': z.object({
    ...about,
    blockId: idSchema,
    cause: z.enum(['manual', 'clock', 'split', 'merge', 'number-change']),
  }),
  'block.requested': z.object({ ...about, requestId: idSchema, reason: z.string() }),
  'block.request-decided': z.object({
    ...about,
    requestId: idSchema,
    /** joined: its contact was merged with another that has an open request too, and that one goes on. */
    decision: z.enum(['approved', 'refused', 'joined']),
    blockId: idSchema.nullable(),
    /** The one that goes on. */
    joinedRequestId: idSchema.optional(),
  }),
  'message.refused': z.object({
    ...about,
    messageId: idSchema,
    conversationId: idSchema,
    code: z.string(),
    /** When it was accepted, or later, when its turn had come. */
    stage: z.enum(['accept', 'dispatch']),
  }),
  'message.covered': z.object({ ...about, ...ofMessage }),
  'message.restored': z.object({ ...about, ...ofMessage }),
  'message.removed': z.object({ ...about, ...ofMessage, removalNumber: z.number().int() }),
} as const;
export type WebhookEventType = keyof typeof webhookEventData;

export const webhookEventTypes = [
  'contact.blocked',
  'contact.unblocked',
  'block.requested',
  'block.request-decided',
  'message.refused',
  'message.covered',
  'message.restored',
  'message.removed',
] as const satisfies readonly WebhookEventType[];

/** What *Enviar teste* sends; nobody subscribes to it. */
export const testEventType = 'webhook.test';
const anyEventTypeSchema = z.enum([...webhookEventTypes, testEventType]);

export type WebhookEvent = {
  [Type in WebhookEventType]: {
    readonly type: Type;
    readonly data: Omit<z.infer<(typeof webhookEventData)[Type]>, 'contact' | 'actor'>;
  };
}[WebhookEventType];

export const webhookEndpointSchema = z
  .object({
    id: idSchema,
    url: z.string(),
    events: z.array(z.enum(webhookEventTypes)),
    isOn: z.boolean(),
    /** Who switched it off: a person, or the server because nothing arrived for days (`failing`) or it answered 410 (`gone`). */
    offCause: z.enum(['person', 'failing', 'gone']).nullable(),
    /** Since when nothing has arrived; null when the last one did. */
    failingSince: moment.nullable(),
    /** Until when the former secret signs too. */
    formerSecretUntil: moment.nullable(),
    createdAt: moment,
  })
  .meta({ id: 'WebhookEndpoint' });
export type WebhookEndpoint = z.infer<typeof webhookEndpointSchema>;

/** `secret` is shown this once and never again. */
export const withSecretSchema = webhookEndpointSchema
  .extend({ secret: z.string() })
  .meta({ id: 'WebhookEndpointWithSecret' });
export type WebhookEndpointWithSecret = z.infer<typeof withSecretSchema>;

const urlSchema = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s]+$/)
  .refine((url) => URL.canParse(url), { message: 'no address' });
const eventsSchema = z.array(z.enum(webhookEventTypes)).min(1).max(webhookEventTypes.length);

export const createEndpointSchema = z.object({ url: urlSchema, events: eventsSchema });
export const updateEndpointSchema = z.object({
  url: urlSchema.optional(),
  events: eventsSchema.optional(),
  isOn: z.boolean().optional(),
});
export type EndpointChange = z.infer<typeof updateEndpointSchema>;

export const deliveryStates = ['waiting', 'sending', 'delivered', 'failed'] as const;

export const attemptErrors = [
  'timeout',
  'unreachable',
  'address-not-allowed',
  'redirect',
  'bad-status',
  'secret-lost',
  'endpoint-off',
  'interrupted',
] as const;
export type AttemptError = (typeof attemptErrors)[number];

export const attemptSchema = z.object({
  at: moment,
  ms: z.number().int().nonnegative(),
  /** What was answered; null when nothing was. */
  status: z.number().int().nullable(),
  error: z.enum(attemptErrors).nullable(),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const webhookDeliverySchema = z
  .object({
    id: idSchema,
    endpointId: idSchema,
    /** `webhook-id` of the request: the same at each try and each re-send. */
    eventId: idSchema,
    type: anyEventTypeSchema,
    state: z.enum(deliveryStates),
    isResend: z.boolean(),
    attemptCount: z.number().int(),
    lastAttempt: attemptSchema.nullable(),
    nextAttemptAt: moment.nullable(),
    createdAt: moment,
    endedAt: moment.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;

export const deliveryDetailSchema = webhookDeliverySchema
  .extend({
    attempts: z.array(attemptSchema),
    /** The body, byte for byte. */
    body: z.string(),
  })
  .meta({ id: 'WebhookDeliveryDetail' });
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>;

export const deliveryQuerySchema = pageQuerySchema.extend({
  endpointId: idSchema.optional(),
  type: anyEventTypeSchema.optional(),
  state: z.enum(deliveryStates).optional(),
});
export type DeliveryQuery = z.infer<typeof deliveryQuerySchema>;

export const webhookErrorCodes = [
  'webhook-endpoint-not-found',
  'webhook-delivery-not-found',
  'webhook-url-not-allowed',
  'webhook-off',
  'too-many-webhooks',
] as const;
