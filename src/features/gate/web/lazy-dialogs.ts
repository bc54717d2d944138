import { fetchAhead, lazyPopup } from '#platform/web/ui/lazy-part.tsx';

const loadBlock = () => import('./block-dialog.tsx');
const loadUnblock = () => import('./unblock-dialog.tsx');
const loadRequest = () => import('./requests/request-dialog.tsx');

/** The list of conversations carries no dialog; the open conversation fetches them before anybody needs one. */
export const preloadGateDialogs = (): void => {
  fetchAhead(loadBlock);
  fetchAhead(loadUnblock);
  fetchAhead(loadRequest);
};

export const BlockDialog = lazyPopup(loadBlock, (file) => file.BlockDialog);
export const UnblockDialog = lazyPopup(loadUnblock, (file) => file.UnblockDialog);
export const RequestDialog = lazyPopup(loadRequest, (file) => file.RequestDialog);
