import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { pageQuerySchema, wholeListOf } from '#platform/shared/page.ts';
import { textSchema } from '#platform/shared/text.ts';
import { blockReasonSchema, upstreamStateSchema } from '../contract.ts';

export const blockSorts = ['newest', 'oldest', 'until', 'attempts', 'last-attempt'] as const;
export type BlockSort = (typeof blockSorts)[number];

/** `off`: whoever blocked did not want WhatsApp's list asked. Without a channel the worst state of all of them counts. */
const upstreamFilterSchema = upstreamStateSchema;

const blockStateSchema = z.enum(['active', 'ended', 'all']);
export type BlockState = z.infer<typeof blockStateSchema>;

export const blockQuerySchema = pageQuerySchema.extend({
  state: blockStateSchema.default('active'),
  contactId: idSchema.optional(),
  /** Part of a name; how a number begins or ends, as Brazilians type it; or the id of a contact or block. */
  search: textSchema.trim().max(200).optional(),
  reason: blockReasonSchema.optional(),
  /** Who blocked: the id of a member or key, or `system`. */
  startedBy: z.union([z.literal('system'), idSchema]).optional(),
  upstream: upstreamFilterSchema.optional(),
  channelId: idSchema.optional(),
  /** Whether it has an end. */
  end: z.enum(['none', 'some']).optional(),
  endsWithinDays: z.coerce.number().int().min(1).max(3650).optional(),
  attempts: z.enum(['none', 'some']).optional(),
  /** Only active blocks that nobody has looked at for the days of the setting and that go on for as many, longest first. */
  toReview: z.enum(['true', 'false']).optional(),
  /** until: the next to end first; attempts: the most first; last-attempt: the latest first. */
  sort: z.enum(blockSorts).default('newest'),
});
export type BlockQuery = z.input<typeof blockQuerySchema>;

/** Above this nothing is counted further: `isMore` is true. */
export const blockCountLimit = 100_000;
export const reviewCountLimit = 1_000;

const countSchema = z.object({ count: z.number().int(), isMore: z.boolean() });

export const blockCountsSchema = z
  .object({ active: countSchema, ended: countSchema, toReview: countSchema })
  .meta({ id: 'BlockCounts' });
export type BlockCounts = z.infer<typeof blockCountsSchema>;

/** Whose blocks: those that nobody has lifted, or all of them. */
export const blockersQuerySchema = blockQuerySchema.pick({ state: true });
/** Whoever opened one of them; null is the product itself. */
export const blockersSchema = wholeListOf(z.object({ id: idSchema.nullable(), name: z.string() }));
export type Blockers = z.infer<typeof blockersSchema>;

/** After how many days a block is to be looked at again, unless it ends within as many. */
export const setBlockReviewSettingsSchema = z.object({
  afterDays: z.number().int().min(1).max(3650),
});
export const blockReviewSettingsSchema = setBlockReviewSettingsSchema.meta({
  id: 'BlockReviewSettings',
});
export type BlockReviewSettings = z.infer<typeof blockReviewSettingsSchema>;
