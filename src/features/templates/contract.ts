import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { pageQuerySchema } from '#platform/shared/page.ts';
import { textSchema } from '#platform/shared/text.ts';

export const templateCategories = ['utility', 'marketing', 'authentication', 'other'] as const;
export type TemplateCategory = (typeof templateCategories)[number];

/** Only an approved one can be sent; what the channel calls by a name we do not know is `other`. */
export const templateStatuses = [
  'approved',
  'pending',
  'rejected',
  'paused',
  'disabled',
  'in-appeal',
  'limit-exceeded',
  'pending-deletion',
  'other',
] as const;
export type TemplateStatus = (typeof templateStatuses)[number];

export const templateQualities = ['high', 'medium', 'low', 'unknown'] as const;
export type TemplateQuality = (typeof templateQualities)[number];

/** A gap in a text: `1` for `{{1}}`, `nome` for `{{nome}}`. */
export const placeholderSchema = z.object({ name: z.string(), example: z.string().nullable() });
export type Placeholder = z.infer<typeof placeholderSchema>;

const textWithGaps = { text: z.string(), placeholders: z.array(placeholderSchema) };

export const templateHeaderSchema = z.object({
  kind: z.enum(['none', 'text', 'image', 'video', 'document', 'location']),
  /** Empty but for a header of text. */
  ...textWithGaps,
});
export type TemplateHeader = z.infer<typeof templateHeaderSchema>;
/** Headers that a file fills. */
export const fileHeaders = ['image', 'video', 'document'] as const;

export const templateButtonSchema = z.object({
  kind: z.enum(['quick-reply', 'url', 'phone', 'copy-code', 'other']),
  text: z.string(),
  /** Of `url`, with its gap at the end if it has one. */
  url: z.string().nullable(),
  phone: z.string().nullable(),
  /** The end of the address, or the code: given with each message. */
  needsValue: z.boolean(),
  example: z.string().nullable(),
});
export type TemplateButton = z.infer<typeof templateButtonSchema>;

/** What a template says, without who may send it. */
export const templateComponentsSchema = z.object({
  format: z.enum(['positional', 'named']),
  header: templateHeaderSchema,
  body: z.object(textWithGaps),
  footer: z.string().nullable(),
  buttons: z.array(templateButtonSchema),
});
export type TemplateComponents = z.infer<typeof templateComponentsSchema>;

export const templateSchema = templateComponentsSchema
  .extend({
    id: idSchema,
    name: z.string(),
    language: z.string(),
    category: z.enum(templateCategories),
    status: z.enum(templateStatuses),
    quality: z.enum(templateQualities),
    /** Approved, and made of parts that we know how to fill. */
    isSendable: z.boolean(),
  })
  .meta({ id: 'Template' });
export type Template = z.infer<typeof templateSchema>;

export const templateQuerySchema = pageQuerySchema.extend({
  channelId: idSchema,
  /** Part of a name or of what the template says. */
  search: textSchema.trim().max(200).optional(),
  /** `true`: also those that cannot be sent. */
  all: z.enum(['true', 'false']).optional(),
});

/** How the templates of a channel were last read. */
export const templateSyncSchema = z
  .object({
    /** When the last whole read began; null: never, which says nothing of how many there are. */
    readAt: z.iso.datetime().nullable(),
    failedAt: z.iso.datetime().nullable(),
    /** Why the last read failed, for programs; null when it did not. */
    failure: z.string().nullable(),
    /** Approved by WhatsApp, and made of parts that we do not know how to fill: in no list of what can be sent. */
    unfillable: z.number().int(),
  })
  .meta({ id: 'TemplateSync' });
export type TemplateSync = z.infer<typeof templateSyncSchema>;

/** The longest value of a gap; the whole body may have as many, the header 60. */
export const longestParameter = 1024;
export const longestHeader = 60;
/** Half of a surrogate pair cannot be stored. */
const wholeText = textSchema.refine((text) => !/\p{Surrogate}/u.test(text), {
  message: 'holds a character that cannot be stored',
});
const valueSchema = wholeText.max(longestParameter);
/** Values by the names of the gaps: `{"1": "Ana"}` or `{"nome": "Ana"}`. */
const valuesSchema = z.record(z.string().max(100), valueSchema);

/** A message made of a template, by id or by name and language. */
export const sendTemplateSchema = z.object({
  type: z.literal('template'),
  templateId: idSchema.optional(),
  name: textSchema.max(512).optional(),
  language: textSchema.max(40).optional(),
  header: z
    .object({
      values: valuesSchema.optional(),
      /** The file of a header of image, video or document. */
      uploadId: idSchema.optional(),
      location: z
        .object({
          latitude: z.number().min(-90).max(90),
          longitude: z.number().min(-180).max(180),
          name: wholeText.max(200).optional(),
          address: wholeText.max(400).optional(),
        })
        .optional(),
    })
    .optional(),
  body: valuesSchema.optional(),
  /** The end of an address or a code, by the button's place from 0. */
  buttons: z
    .array(z.object({ index: z.number().int().min(0).max(20), value: valueSchema }))
    .max(20)
    .optional(),
  replyTo: idSchema.optional(),
});
export type SendTemplate = z.infer<typeof sendTemplateSchema>;

/** What a message that was made of a template shows beside its body, which is the message's text. */
export const sentTemplateSchema = z
  .object({
    name: z.string(),
    language: z.string(),
    header: z.object({
      kind: templateHeaderSchema.shape.kind,
      text: z.string().nullable(),
      location: z
        .object({
          latitude: z.number(),
          longitude: z.number(),
          name: z.string().nullable(),
          address: z.string().nullable(),
        })
        .nullable(),
    }),
    footer: z.string().nullable(),
    buttons: z.array(
      z.object({
        kind: templateButtonSchema.shape.kind,
        text: z.string(),
        url: z.string().nullable(),
        phone: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'SentTemplate' });
export type SentTemplate = z.infer<typeof sentTemplateSchema>;

export const templateErrorCodes = [
  'template-not-found',
  'template-not-sendable',
  'template-parameters',
  'channel-not-found',
] as const;

/** Puts values into the gaps of a text; a gap without one stays. */
export const fillGaps = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g, (gap, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? gap) : gap,
  );
