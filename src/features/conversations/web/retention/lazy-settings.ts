import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

/** Fetched when it is opened. */
export const RetentionSettings = lazyPart(
  () => import('./retention-settings.tsx'),
  (file) => file.RetentionSettings,
);
