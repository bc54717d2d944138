import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

/** Fetched with the first search. */
export const FoundMessages = lazyPart(
  () => import('./found-messages.tsx'),
  (file) => file.FoundMessages,
);
