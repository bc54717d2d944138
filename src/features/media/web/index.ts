import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

export { AlwaysShow } from './covers/always-show.tsx';
export type { coverSettingsWords } from './covers/cover-words.ts';

/** Which media arrives covered, for the settings page; administrators only. */
export const CoverSettings = lazyPart(
  () => import('./covers/cover-settings.tsx'),
  (file) => file.CoverSettings,
);

/** A person's stricter choice, for their profile. */
export const OwnCover = lazyPart(
  () => import('./covers/own-cover.tsx'),
  (file) => file.OwnCover,
);

/** What holds for the media of one contact, for the contact panel. */
export const ContactMedia = lazyPart(
  () => import('./covers/contact-media.tsx'),
  (file) => file.ContactMedia,
);
