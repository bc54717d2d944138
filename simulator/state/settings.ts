import { z } from 'zod';
import { mediaSettings } from '../media/media-settings.ts';

const milliseconds = z.number().int().min(0).max(86_400_000);

/** Every switch of the simulator; all of them may be changed while it runs. */
export const settingsSchema = z.object({
  /** The 24-hour window: refused at once, accepted and then failed, or not looked at. */
  window: z.enum(['sync', 'async', 'off']).default('sync'),
  /** How a message to somebody on the business's block list fails (130403). */
  blockedRecipient: z.enum(['sync', 'async']).default('sync'),
  /** HTTP status of a partly failed block request; 200 comes without `error`. */
  mixedBlockStatus: z.union([z.literal(400), z.literal(200)]).default(400),
  /** Under which name the error of a mixed result stands: Meta's page and two libraries differ. */
  mixedBlockError: z.enum(['error', 'errors']).default('error'),
  /** What removals are printed as; Meta's guide of 2025 had `added_users`. */
  removedUsersKey: z.enum(['removed_users', 'added_users']).default('removed_users'),
  /** Which of 2593107 and 2593108 says "asked before" and which "too late": no source tells. */
  syncRefusals: z.enum(['as-guessed', 'swapped']).default('as-guessed'),
  rewriteWaId: z.enum(['off', 'heuristic', 'always']).default('off'),
  /** A test number may write to these only (131030); null: to everybody. */
  allowedRecipients: z.array(z.string()).nullable().default(null),
  blockListLimit: z.number().int().min(1).default(64_000),
  limits: z
    .object({
      /** Messages in one breath to one person, refilled one each `pairEveryMs`; null: no limit. */
      pairBurst: z.number().int().min(1).nullable().default(45),
      pairEveryMs: z.number().int().min(1).default(6_000),
      numberPerSecond: z.number().int().min(1).nullable().default(80),
      /** Changes and reads of the block list; Meta publishes no rate. null: no limit. */
      blockCallsPerSecond: z.number().int().min(1).nullable().default(null),
    })
    .prefault({}),
  statuses: z
    .object({
      sentMs: milliseconds.default(10),
      deliveredMs: milliseconds.default(20),
      /** Wait between delivered and read, for people who read by themselves; null: never read. */
      readMs: milliseconds.nullable().default(30),
      skipSent: z.boolean().default(false),
      skipDelivered: z.boolean().default(false),
      duplicate: z.boolean().default(false),
      reorder: z.boolean().default(false),
      /** The `contacts` array beside sent, delivered and read. */
      contacts: z.boolean().default(true),
      off: z.boolean().default(false),
    })
    .prefault({}),
  webhooks: z
    .object({
      paused: z.boolean().default(false),
      delayMs: milliseconds.default(0),
      jitterMs: milliseconds.default(0),
      /** Further copies of every body. */
      copies: z.number().int().min(0).max(10).default(0),
      /** Gather for so long, then send in random order. */
      reorderMs: milliseconds.default(0),
      /** Gather for so long, then send up to `batchMax` updates in one body. */
      batchMs: milliseconds.default(0),
      batchMax: z.number().int().min(1).max(1_000).default(100),
      batchShape: z.enum(['merged', 'changes', 'entries', 'mixed']).default('merged'),
      /** Updates of one conversation leave one after another; off, they race. */
      ordered: z.boolean().default(true),
      firstRetryMs: milliseconds.default(500),
      retryFactor: z.number().min(1).max(10).default(1.6),
      maxRetryMs: milliseconds.default(4_000),
      giveUpAfterMs: z.number().int().min(0).default(604_800_000),
      timeoutMs: milliseconds.default(20_000),
      /** Also write `/` as `\/`, as a sibling page of Meta's shows. */
      escapeSlashes: z.boolean().default(false),
    })
    .prefault({}),
  media: mediaSettings.prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;
export type SettingsPatch = z.input<typeof settingsSchema>;

export function defaultSettings(): Settings {
  return settingsSchema.parse({});
}

/** Lays the patch over what stands, two levels deep, and checks the whole. */
export function patchSettings(now: Settings, patch: SettingsPatch): Settings {
  return settingsSchema.parse({
    ...now,
    ...patch,
    limits: { ...now.limits, ...patch.limits },
    statuses: { ...now.statuses, ...patch.statuses },
    webhooks: { ...now.webhooks, ...patch.webhooks },
    media: { ...now.media, ...patch.media },
  });
}
