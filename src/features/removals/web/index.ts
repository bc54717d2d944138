import { useRight } from '#features/accounts/web/index.ts';
import { fetchAhead, lazyPart, lazyPopup } from '#platform/web/ui/lazy-part.tsx';

export type { AskRemovalDialogProps } from './ask/ask-dialog.tsx';
export type { AskNameDialogProps } from './ask/ask-name-dialog.tsx';
export type { askRemovalWords } from './ask/ask-words.ts';
export { useRemovalCounts } from './desk/api.ts';
export type { removalDeskWords } from './desk/desk-words.ts';
export { useFollowOwnRemovals, useUnreadDecisions } from './desk/own/use-follow-own.ts';
export { focusRemovalRow } from './desk/queue/row-focus.ts';
export { type RemovalsSearch, readRemovalsSearch } from './desk/removals-search.ts';
export { useRemovalNeighbour } from './desk/use-neighbour.ts';
export type { EraseZoneProps } from './erase/erase-dialog.tsx';
export type { eraseWords } from './erase/erase-words.ts';
export { refreshRemovals } from './live.ts';
export { removalKeys } from './removal-keys.ts';
export { RequestLink } from './request-link.tsx';

const loadAsk = () => import('./ask/ask-dialog.tsx');

/** Whoever meets improper content must not wait for the dialog. */
export const preloadAskRemoval = (): void => fetchAhead(loadAsk);

/** *Solicitar remoção* for chosen messages; who reviews may remove them at sight there. */
export const AskRemovalDialog = lazyPopup(loadAsk, (file) => file.AskRemovalDialog);

/** *Solicitar remoção do nome* of a contact. */
export const AskNameDialog = lazyPopup(
  () => import('./ask/ask-name-dialog.tsx'),
  (file) => file.AskNameDialog,
);

/** Asks for removal. For drawing: the server asks again. */
export const useCanAskRemoval = (): boolean => useRight('removal.ask');

/** Sees the requests of others, decides, removes at sight: moderators and administrators. */
export const useReviewsRemovals = (): boolean => useRight('removal.review');

/** May erase a person's data: administrators. For drawing: the server asks again. */
export const useErasesPeople = (): boolean => useRight('contact.erase');

/** *Apagar dados da pessoa*, at the foot of a contact. */
export const EraseZone = lazyPart(
  () => import('./erase/erase-zone.tsx'),
  (file) => file.EraseZone,
);

/** The page Solicitações, fetched when it is opened. */
export const RemovalsDesk = lazyPart(
  () => import('./desk/removals-desk.tsx'),
  (file) => file.RemovalsDesk,
);

/** Until when requests are decided, and by how many; for the settings page. */
export const RemovalSettings = lazyPart(
  () => import('./desk/removal-settings.tsx'),
  (file) => file.RemovalSettings,
);
