import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

/** Fetched with the answer to an unblock of many. */
export const StoppedOfMany = lazyPart(
  () => import('./stopped-of-many.tsx'),
  (file) => file.StoppedOfMany,
);
