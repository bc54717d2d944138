import { lazyPart, lazyPopup } from '#platform/web/ui/lazy-part.tsx';

/** Fetched where a block stopped something, which is rare. */
export const StoppedPanel = lazyPart(
  () => import('./stopped-panel.tsx'),
  (file) => file.StoppedPanel,
);

export const StoppedDialog = lazyPopup(
  () => import('./stopped-dialog.tsx'),
  (file) => file.StoppedDialog,
);
