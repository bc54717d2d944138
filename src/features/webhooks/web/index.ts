import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

export type { webhookWords } from './webhook-words.ts';

/** Fetched when it is opened. */
export const WebhookSettings = lazyPart(
  () => import('./webhook-settings.tsx'),
  (file) => file.WebhookSettings,
);
