import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

/** Whether this browser shows notifications on the desktop, for the profile. */
export const NotificationSettings = lazyPart(
  () => import('./notification-settings.tsx'),
  (file) => file.NotificationSettings,
);
