import { z } from 'zod';

const DAY_MS = 86_400_000;
const lifetime = z.number().int().min(1);

/** Switches of files: how long they live and how strictly they are looked at. */
export const mediaSettings = z.object({
  /** An address from `GET /{media id}`, or from a webhook, opens for so long. */
  urlMs: lifetime.default(300_000),
  /** What people send is kept for so long, and what the business uploads. */
  inboundMs: lifetime.default(7 * DAY_MS),
  uploadMs: lifetime.default(30 * DAY_MS),
  /** `url` beside the id in webhooks, as since November 2025. */
  urlInWebhooks: z.boolean().default(true),
  /** How a send fails whose file WhatsApp cannot process (131053). */
  refusal: z.enum(['sync', 'async']).default('sync'),
  /** Fetch what a message names by `link`; off, it counts as fetched. */
  fetchLinks: z.boolean().default(true),
});
