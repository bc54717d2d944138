import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

/** Fetched when it is opened. */
export const AuditSettings = lazyPart(
  () => import('./audit-settings.tsx'),
  (file) => file.AuditSettings,
);
