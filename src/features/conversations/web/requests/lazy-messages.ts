import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

/** Fetched with the first request that somebody looks into. */
export const RequestMessages = lazyPart(
  () => import('./request-messages.tsx'),
  (file) => file.RequestMessages,
);

/** A stretch of a conversation, for pages that show one beside something else. */
export const QuietMessages = lazyPart(
  () => import('./quiet-messages.tsx'),
  (file) => file.QuietMessages,
);
