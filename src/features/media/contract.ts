import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { textSchema } from '#platform/shared/text.ts';

export * from './covers/contract.ts';

/** The kinds of message that carry a file. */
export const mediaKinds = ['image', 'video', 'audio', 'voice', 'document', 'sticker'] as const;
export const mediaKindSchema = z.enum(mediaKinds);
export type MediaKind = z.infer<typeof mediaKindSchema>;

/**
 * waiting, fetching: on its way · ready: here · failed: may be asked for again · withheld: the contact was blocked ·
 * expired: WhatsApp has it no more · too-large, refused-type: not taken, and not asked for again.
 */
export const mediaStates = [
  'waiting',
  'fetching',
  'ready',
  'failed',
  'withheld',
  'expired',
  'too-large',
  'refused-type',
] as const;
export type MediaState = (typeof mediaStates)[number];

/** The file of a message, without its bytes: those are read from `/messages/{id}/media`. */
export const mediaSchema = z
  .object({
    state: z.enum(mediaStates),
    /** Why it is not here, for programs: `contact-blocked`, `whatsapp-<code>`, … */
    reason: z.string().nullable(),
    /** By the bytes, once they are here; by what the sender said until then. */
    mimeType: z.string().nullable(),
    sizeBytes: z.number().int().nullable(),
    fileName: z.string().nullable(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    durationSeconds: z.number().nullable(),
    hasThumbnail: z.boolean(),
    isAnimated: z.boolean(),
    /** Covered, for all or for the caller: no byte of it is given to whoever has not asked for it (`media/reveal`). */
    isCovered: z.boolean(),
    /** The caller has not asked: its text and name are not told either. In live events, which are for all, nobody has. */
    isWithheld: z.boolean(),
    /** While it is withheld, `media/placeholder` has a few shades of grey in its place. */
    hasPlaceholder: z.boolean(),
  })
  .meta({ id: 'Media' });
export type Media = z.infer<typeof mediaSchema>;

const MB = 1024 * 1024;

export interface MediaLimit {
  readonly kind: MediaKind;
  readonly mimeTypes: readonly string[];
  readonly maxBytes: number;
}

/**
 * What WhatsApp takes (docs/whatsapp-cloud-api.md, 3). A sticker that moves may have 500 kB, one that does not 100 kB.
 * Screens check by this before they upload; the server checks again, by the bytes.
 */
export const mediaLimits: readonly MediaLimit[] = [
  { kind: 'image', mimeTypes: ['image/jpeg', 'image/png'], maxBytes: 5 * MB },
  { kind: 'video', mimeTypes: ['video/mp4', 'video/3gpp'], maxBytes: 16 * MB },
  {
    kind: 'audio',
    mimeTypes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
    maxBytes: 16 * MB,
  },
  { kind: 'voice', mimeTypes: ['audio/ogg'], maxBytes: 16 * MB },
  {
    kind: 'document',
    mimeTypes: [
      'text/plain',
      'application/pdf',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
    maxBytes: 100 * MB,
  },
  { kind: 'sticker', mimeTypes: ['image/webp'], maxBytes: 500 * 1024 },
];
/** Taken as well: what browsers record (one channel of Opus), which becomes a voice note. */
export const recordingTypes: readonly string[] = ['audio/webm'];
export const longestStillSticker = 100 * 1024;

export const uploadQuerySchema = z.object({
  /** As it will be shown; never part of a path. */
  fileName: textSchema.trim().max(255).optional(),
});

/** A file put here to be sent: named by its id for a day. */
export const uploadSchema = z
  .object({
    id: idSchema,
    kind: mediaKindSchema,
    mimeType: z.string(),
    sizeBytes: z.number().int(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    fileName: z.string().nullable(),
  })
  .meta({ id: 'Upload' });
export type Upload = z.infer<typeof uploadSchema>;

export const mediaErrorCodes = [
  'media-not-found',
  'media-not-ready',
  'media-not-fetchable',
  'media-covered',
  'media-withheld',
  /** What a flagged contact sends is not always shown. */
  'contact-flagged',
  'range-not-satisfiable',
  'upload-not-found',
  'upload-of-another-kind',
  'file-empty',
  'file-too-large',
  'file-type-not-accepted',
] as const;
