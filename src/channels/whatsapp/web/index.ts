/** The door of the screens of WhatsApp's numbers. */
import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

export type { channelWords } from './words.ts';

export const ChannelSettings = lazyPart(
  () => import('./channel-settings.tsx'),
  (file) => file.ChannelSettings,
);
