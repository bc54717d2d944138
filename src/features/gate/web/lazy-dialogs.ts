import { lazy } from 'react';

const loadBlock = () => import('./block-dialog.tsx');
const loadUnblock = () => import('./unblock-dialog.tsx');

/** The list of conversations carries no dialog; the open conversation fetches them before anybody needs one. */
export const preloadGateDialogs = (): void => {
  // A failure shows when a dialog is really opened.
  Promise.all([loadBlock(), loadUnblock()]).catch(() => undefined);
};

export const BlockDialog = lazy(async () => {
  const { BlockDialog: dialog } = await loadBlock();
  return { default: dialog };
});

export const UnblockDialog = lazy(async () => {
  const { UnblockDialog: dialog } = await loadUnblock();
  return { default: dialog };
});
