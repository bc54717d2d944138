/** What a message says beside its text, by kind: finished facts for screens and programs. Re-exported by ../contract.ts. */
import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { textSchema } from '#platform/shared/text.ts';

const optional = z.string().nullable();
/** What its receiver may press; where it leads is of no use to a reader. */
const buttonsShown = z.array(z.object({ title: z.string() }));
const around = { header: optional, footer: optional };

export const contactCardSchema = z.object({
  name: optional,
  organisation: optional,
  phones: z.array(
    z.object({
      phone: z.string(),
      /** Digits; present when that person is known to be on WhatsApp. */
      whatsAppPhone: optional,
      label: optional,
    }),
  ),
  emails: z.array(z.string()),
  jobTitle: optional,
  /** As it was written, mostly 1990-01-31. */
  birthday: optional,
  /** http and https only. */
  urls: z.array(z.string()),
  /** Each in one line. */
  addresses: z.array(z.string()),
  /** The person's own, as an answer to a request for the number. */
  isOwnNumber: z.boolean(),
});
export type ContactCard = z.infer<typeof contactCardSchema>;

export const contentSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('location'),
      latitude: z.number(),
      longitude: z.number(),
      name: optional,
      address: optional,
      /** Of the place itself; http and https only. */
      url: optional,
    }),
    z.object({ kind: z.literal('contacts'), cards: z.array(contactCardSchema) }),
    z.object({ kind: z.literal('buttons'), ...around, buttons: buttonsShown }),
    z.object({
      kind: z.literal('list'),
      ...around,
      button: optional,
      sections: z.array(
        z.object({
          title: optional,
          rows: z.array(z.object({ title: z.string(), description: optional })),
        }),
      ),
    }),
    z.object({
      kind: z.literal('template'),
      name: z.string(),
      language: optional,
      ...around,
      buttons: buttonsShown,
    }),
    z.object({ kind: z.literal('button-reply'), isFromTemplate: z.boolean() }),
    z.object({ kind: z.literal('list-reply'), description: optional }),
    z.object({
      kind: z.literal('flow-reply'),
      name: optional,
      answers: z.array(
        z.object({
          /** As the form names the field. */
          key: optional,
          /** The same for reading: without what forms number their fields by. */
          label: optional,
          value: z.union([z.string(), z.boolean()]),
        }),
      ),
    }),
    z.object({
      kind: z.literal('call-permission'),
      answer: z.enum(['accept', 'reject']).nullable(),
    }),
    z.object({
      kind: z.literal('order'),
      items: z.array(
        z.object({
          productId: optional,
          quantity: z.number().nullable(),
          /** Of one piece. */
          price: z.number().nullable(),
          currency: optional,
        }),
      ),
      /** One for each currency; null when a price or a quantity is missing. */
      totals: z.array(z.object({ currency: z.string(), amount: z.number() })).nullable(),
    }),
    z.object({
      kind: z.literal('call'),
      /** One message from the first ring to the end. */
      state: z.enum(['ringing', 'under-way', 'ended']),
      outcome: z.enum(['answered', 'missed', 'rejected']).nullable(),
      durationSeconds: z.number().nullable(),
    }),
    /** Beside a text or a file: the product of our catalogue that the person asks about. */
    z.object({ kind: z.literal('about-product'), productId: z.string(), catalogId: optional }),
    z.object({
      kind: z.literal('unsupported'),
      reason: z.enum(['not-handed-on', 'unknown-type', 'malformed']).nullable(),
      /** WhatsApp's own word for it (docs/whatsapp-cloud-api.md, 4.5). */
      type: optional,
      /** WhatsApp's code of why it is not here. */
      code: z.number().int().nullable(),
    }),
  ])
  .meta({ id: 'MessageContent' });
export type Content = z.infer<typeof contentSchema>;
export type ContentOf<K extends Content['kind']> = Extract<Content, { kind: K }>;

/** The advertisement or post from which the person wrote. */
export const referralSchema = z.object({
  sourceType: optional,
  /** http and https only. */
  sourceUrl: optional,
  headline: optional,
  body: optional,
  /** What the advertisement greeted the person with, before they wrote. */
  welcomeText: optional,
  /** That it has a picture or film; the file itself lies with Meta, under an address that is given to nobody. */
  media: z.enum(['image', 'video']).nullable(),
});
export type Referral = z.infer<typeof referralSchema>;

/** What the first address in a text leads to, as the server read it there. */
export const linkCardSchema = z.object({
  url: z.string(),
  title: z.string(),
  description: optional,
  siteName: optional,
});
export type LinkCard = z.infer<typeof linkCardSchema>;

/**
 * What is beyond WhatsApp's limits (docs/whatsapp-cloud-api.md, 2.2), in `errors` of a problem `message-limits`: for
 * programs, by the place of each.
 */
export const messageLimits = [
  'empty',
  'too-long',
  'too-few',
  'too-many',
  'off-the-map',
  'doubled-id',
  'doubled-title',
  'too-many-rows',
  'section-title-missing',
] as const;
export type MessageLimit = (typeof messageLimits)[number];
const limit = (message: MessageLimit): { message: MessageLimit } => ({ message });

/** So many characters at most; white space alone is nothing to WhatsApp. */
export const lineSchema = (most: number) =>
  textSchema
    .min(1, limit('empty'))
    .max(most, limit('too-long'))
    .refine((text) => text.trim() !== '', limit('empty'));
const several = <T extends z.ZodType>(item: T, most: number) =>
  z.array(item).min(1, limit('too-few')).max(most, limit('too-many'));
const degrees = (most: number) =>
  z.number().min(-most, limit('off-the-map')).max(most, limit('off-the-map'));

const replyTo = idSchema.optional();
const areDifferent = (values: readonly string[]): boolean => new Set(values).size === values.length;

export const sendLocationSchema = z.object({
  type: z.literal('location'),
  latitude: degrees(90),
  longitude: degrees(180),
  name: lineSchema(1024).optional(),
  address: lineSchema(1024).optional(),
  replyTo,
});

const cardAddressSchema = z.object({
  street: lineSchema(256).optional(),
  city: lineSchema(256).optional(),
  state: lineSchema(256).optional(),
  postalCode: lineSchema(256).optional(),
  country: lineSchema(256).optional(),
});

export const sendContactsSchema = z.object({
  type: z.literal('contacts'),
  cards: several(
    z.object({
      name: lineSchema(256),
      phones: several(
        z.object({
          phone: lineSchema(40),
          /** Lets the receiver write to that person at once. */
          whatsAppPhone: z
            .string()
            .regex(/^\d{5,20}$/)
            .optional(),
        }),
        10,
      ),
      emails: z
        .array(z.email().max(256, limit('too-long')))
        .max(10, limit('too-many'))
        .optional(),
      organisation: lineSchema(256).optional(),
      jobTitle: lineSchema(256).optional(),
      birthday: z.iso.date().optional(),
      urls: z
        .array(z.url({ protocol: /^https?$/ }).max(2_048, limit('too-long')))
        .max(10, limit('too-many'))
        .optional(),
      addresses: z.array(cardAddressSchema).max(10, limit('too-many')).optional(),
    }),
    257,
  ),
  replyTo,
});

const shown = { header: lineSchema(60).optional(), footer: lineSchema(60).optional() };

export const sendButtonsSchema = z.object({
  type: z.literal('buttons'),
  text: lineSchema(1024),
  ...shown,
  buttons: several(z.object({ id: lineSchema(256), title: lineSchema(20) }), 3)
    .refine((all) => areDifferent(all.map(({ id }) => id)), limit('doubled-id'))
    .refine((all) => areDifferent(all.map(({ title }) => title)), limit('doubled-title')),
  replyTo,
});

const listRow = z.object({
  id: lineSchema(200),
  title: lineSchema(24),
  description: lineSchema(72).optional(),
});

export const sendListSchema = z.object({
  type: z.literal('list'),
  text: lineSchema(4096),
  ...shown,
  button: lineSchema(20),
  sections: several(z.object({ title: lineSchema(24).optional(), rows: several(listRow, 10) }), 10)
    .refine((all) => all.flatMap(({ rows }) => rows).length <= 10, limit('too-many-rows'))
    .refine(
      (all) => areDifferent(all.flatMap(({ rows }) => rows.map(({ id }) => id))),
      limit('doubled-id'),
    )
    .refine(
      (all) => all.length === 1 || all.every(({ title }) => title !== undefined),
      limit('section-title-missing'),
    ),
  replyTo,
});

/** Null takes ours back. */
export const reactSchema = z.object({
  emoji: textSchema
    .min(1)
    .max(40)
    .regex(/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u, { message: 'no-emoji' })
    .nullable(),
});

const excerptSchema = z.object({
  text: z.string(),
  /** A part of it answers the search: shown stronger. */
  isMatch: z.boolean(),
});

/** A message that a search found: enough to show it in a list and to open its conversation there. */
export const foundMessageSchema = z
  .object({
    id: idSchema,
    conversationId: idSchema,
    contactId: idSchema,
    contactName: z.string(),
    isBlocked: z.boolean(),
    direction: z.enum(['in', 'out']),
    type: z.string(),
    at: z.iso.datetime(),
    /** The place in its words that was found. */
    excerpt: z.array(excerptSchema),
  })
  .meta({ id: 'FoundMessage' });
export type FoundMessage = z.infer<typeof foundMessageSchema>;

export const searchMessagesSchema = z.object({
  query: textSchema.trim().min(1).max(200),
  conversationId: idSchema.optional(),
  /** Only what went through this number of ours. */
  channelId: idSchema.optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
