import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { wholeListOf } from '#platform/shared/page.ts';

/** Meta's ids are digits; longer than 2^53, so they stay text. */
const metaIdSchema = z.string().regex(/^\d{5,32}$/);
/** What a header can carry. */
const secretSchema = (shortest: number, longest: number) =>
  z
    .string()
    .min(shortest)
    .max(longest)
    .regex(/^[\x21-\x7e]+$/);

const accessTokenSchema = secretSchema(1, 2048);
const appSecretSchema = secretSchema(1, 256);
const verifyTokenSchema = secretSchema(8, 256);
const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine((name) => !name.includes('\0'), { message: 'holds a character that cannot be stored' });

/** Why something about a number is not as it should be; each is also the code of a refusal. */
export const checkCodes = [
  'token-wrong',
  'token-expired',
  'token-without-permission',
  'number-not-found',
  'account-not-found',
  'number-not-in-account',
  'secret-wrong',
  'whatsapp-busy',
  'whatsapp-unreachable',
] as const;
export type CheckCode = (typeof checkCodes)[number];

/** Why WhatsApp does not tell what the Business app on the company's phone knows. */
export const appSyncCodes = ['not-on-business-app', 'sync-already-asked', 'sync-too-late'] as const;
export type AppSyncCode = (typeof appSyncCodes)[number];

export const numberErrorCodes = [
  ...checkCodes,
  ...appSyncCodes,
  'number-already-connected',
  'secrets-needed',
  'secret-known',
  'channel-not-found',
] as const;

/** `unchecked`: something else is missing or wrong first, or WhatsApp did not say. */
const fieldCheckSchema = z.object({
  state: z.enum(['ok', 'wrong', 'unchecked']),
  code: z.enum(checkCodes).nullable(),
});
export type FieldCheck = z.infer<typeof fieldCheckSchema>;

/** What WhatsApp says of the number, in its own words; null where it says nothing. */
const numberFactsSchema = z.object({
  displayNumber: z.string(),
  verifiedName: z.string().nullable(),
  status: z.string().nullable(),
  quality: z.string().nullable(),
  limit: z.string().nullable(),
  throughput: z.string().nullable(),
  /** Whether the number is also on the Business app of a phone. */
  isOnBusinessApp: z.boolean().nullable(),
});
export type NumberFacts = z.infer<typeof numberFactsSchema>;

export const numberCheckSchema = z
  .object({
    accessToken: fieldCheckSchema,
    phoneNumberId: fieldCheckSchema,
    wabaId: fieldCheckSchema,
    appSecret: fieldCheckSchema,
    facts: numberFactsSchema.nullable(),
    /** WhatsApp's clock minus ours, in whole seconds. */
    clockSeconds: z.number().int().nullable(),
  })
  .meta({ id: 'WhatsAppNumberCheck' });
export type NumberCheck = z.infer<typeof numberCheckSchema>;

/** Whatever has been typed so far. With `id`, what is missing is taken from that number of ours. */
export const checkNumberSchema = z.object({
  id: idSchema.optional(),
  phoneNumberId: metaIdSchema.optional(),
  wabaId: metaIdSchema.optional(),
  accessToken: accessTokenSchema.optional(),
  appSecret: appSecretSchema.optional(),
});

export const connectNumberSchema = z.object({
  /** Without one it is called what WhatsApp calls it. */
  name: nameSchema.optional(),
  phoneNumberId: metaIdSchema,
  wabaId: metaIdSchema,
  accessToken: accessTokenSchema,
  appSecret: appSecretSchema,
  verifyToken: verifyTokenSchema,
});

export const updateNumberSchema = z.object({
  name: nameSchema.optional(),
  wabaId: metaIdSchema.optional(),
  accessToken: accessTokenSchema.optional(),
  appSecret: appSecretSchema.optional(),
  verifyToken: verifyTokenSchema.optional(),
});

const moment = z.iso.datetime().nullable();
const tally = z.object({ occurrences: z.number().int(), lastAt: moment });

/** A number of ours. Of its secrets only whether they are there, and how the longer ones end. */
export const whatsAppNumberSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    displayNumber: z.string(),
    phoneNumberId: z.string().nullable(),
    wabaId: z.string().nullable(),
    connectedAt: moment,
    /** Its history stays; nothing comes in and nothing leaves. */
    disconnectedAt: moment,
    /** False when they were stored under another secret, or moved: they must be given again. */
    hasReadableSecrets: z.boolean(),
    hasAccessToken: z.boolean(),
    hasAppSecret: z.boolean(),
    hasVerifyToken: z.boolean(),
    accessTokenEnd: z.string().nullable(),
    lastHandshakeAt: moment,
    lastWebhookAt: moment,
    lastSentAt: moment,
    signatureFailures: tally,
    unknownNumbers: tally.extend({ lastId: z.string().nullable() }),
    groupItems: tally,
    /** Of kinds that nobody knows: fields, statuses, notices and the like. */
    otherItems: tally,
    /** Of sent messages and of the number itself, by WhatsApp's code. */
    errors: z.array(tally.extend({ code: z.number().int() })),
    /** Without a code, or of more codes than are told apart. */
    otherErrors: tally,
    /** The smallest delay of a message lately; below zero our clock is behind. */
    delaySeconds: z.number().int().nullable(),
    /**
     * WhatsApp said that an app lost its access to the account, or that the number was taken off the API, and nothing since
     * shows that it works.
     */
    cutOff: z
      .object({ kind: z.enum(['partner-removed', 'offboarded']), at: z.iso.datetime() })
      .nullable(),
    /** Of a number that is also on the Business app; `at` is the last news of it. Null while nothing was told. */
    historyImport: z
      .object({
        state: z.enum(['running', 'done', 'declined']),
        /** 0: the last day; 1: until 90 days ago; 2: until 180. */
        phase: z.number().int().nullable(),
        progress: z.number().int().nullable(),
        at: z.iso.datetime(),
      })
      .nullable(),
    /** What was asked of the Business app, and when entries of its address book last came. */
    appSync: z.object({ historyAskedAt: moment, contactsAskedAt: moment, contactsAt: moment }),
  })
  .meta({ id: 'WhatsAppNumber' });
export type WhatsAppNumber = z.infer<typeof whatsAppNumberSchema>;

/** Each can be asked for once, within 24 hours of the number's joining. */
export const askAppSyncSchema = z.object({ part: z.enum(['history', 'contacts']) });
export type AppSyncPart = z.infer<typeof askAppSyncSchema>['part'];

export const whatsAppNumbersSchema = wholeListOf(whatsAppNumberSchema).extend({
  /** What is pasted at Meta, and why WhatsApp will not reach it. */
  webhook: z.object({
    url: z.string(),
    problem: z.enum(['no-address', 'not-https', 'not-public']).nullable(),
  }),
});
export type WhatsAppNumbers = z.infer<typeof whatsAppNumbersSchema>;

/**
 * Who gets the webhooks of the business account. own: the app of the token, alone or among others · foreign: another program's
 * app, and not this one · some: an app, and which one cannot be told · none: nobody.
 */
const subscriptions = ['own', 'foreign', 'some', 'none'] as const;
export type Subscription = (typeof subscriptions)[number];

export const inspectionSchema = z
  .object({
    check: numberCheckSchema,
    /** Null when WhatsApp did not say. */
    subscription: z.enum(subscriptions).nullable(),
  })
  .meta({ id: 'WhatsAppInspection' });
export type Inspection = z.infer<typeof inspectionSchema>;
