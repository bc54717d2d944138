import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { wholeListOf } from '#platform/shared/page.ts';
import { textSchema } from '#platform/shared/text.ts';

export const exchangeLimits = {
  bytes: 16 * 1024 * 1024,
  entries: 100_000,
  shortestKey: 20,
  longestKey: 200,
} as const;

/** A list of another unit. `locked` until its key is given; looked up from then on. */
export const exchangeListSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    state: z.enum(['locked', 'matching', 'active']),
    entries: z.number().int(),
    /** Entries whose person was found here and blocked because of them. */
    hits: z.number().int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'ExchangeList' });
export type ExchangeList = z.infer<typeof exchangeListSchema>;

export const exchangeListsSchema = wholeListOf(exchangeListSchema);

/** Typed by people: spaces around it and its letters' size do not count. */
export const exchangeKeySchema = textSchema
  .trim()
  .min(exchangeLimits.shortestKey)
  .max(exchangeLimits.longestKey);

export const addListQuerySchema = z.object({
  /** Absent: the day. */
  name: textSchema.trim().min(1).max(120).optional(),
});
export const openListSchema = z.object({ key: exchangeKeySchema });

export const exchangeExportSchema = z
  .object({
    id: idSchema,
    state: z.enum(['working', 'ready']),
    entries: z.number().int(),
    done: z.number().int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'ExchangeExport' });
export type ExchangeExport = z.infer<typeof exchangeExportSchema>;

export const exchangeExportsSchema = wholeListOf(exchangeExportSchema);

/** Without a key one is made. */
export const startExportSchema = z.object({ key: exchangeKeySchema.optional() });
export const startedExportSchema = z.object({
  export: exchangeExportSchema,
  /** Shown this once; whoever has it can find the numbers. */
  key: z.string(),
});

export const exchangeErrorCodes = [
  'exchange-list-not-found',
  'exchange-export-not-found',
  'exchange-export-not-ready',
  'exchange-export-too-large',
  'exchange-list-unreadable',
  'exchange-list-open',
  'exchange-key-wrong',
] as const;
