import { lazyPart, lazyPopup } from '#platform/web/ui/lazy-part.tsx';

/** Fetched when the first file is attached. */
export const AttachmentTray = lazyPart(
  () => import('./attachment-tray.tsx'),
  (file) => file.AttachmentTray,
);

/** Fetched when somebody first wants to speak. */
export const VoiceRecorder = lazyPopup(
  () => import('./voice-recorder.tsx'),
  (file) => file.VoiceRecorder,
);
