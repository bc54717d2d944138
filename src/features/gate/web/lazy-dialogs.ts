import { lazyPopup } from '#platform/web/ui/lazy-part.tsx';

const loadBlock = async () => (await import('./block-dialog.tsx')).BlockDialog;
const loadUnblock = async () => (await import('./unblock-dialog.tsx')).UnblockDialog;

/** The list of conversations carries no dialog; the open conversation fetches them before anybody needs one. */
export const preloadGateDialogs = (): void => {
  // A failure shows when a dialog is really opened.
  Promise.all([loadBlock(), loadUnblock()]).catch(() => undefined);
};

export const BlockDialog = lazyPopup(loadBlock);
export const UnblockDialog = lazyPopup(loadUnblock);
