import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

export { bulkLimit } from '../bulk/limit/contract.ts';
export { type BlockInput, gateQueries, refreshGate } from './api.ts';
export { BlockMenuItem } from './block-menu-item.tsx';
export type { ContactLink } from './block-row-cells.tsx';
export { BlockedBadge } from './blocked-badge.tsx';
export { BlockedComposerBar } from './blocked-composer-bar.tsx';
export { useBulkBlock, useBulkRetry, useBulkUnblock } from './bulk/api.ts';
export type { bulkBlockWords } from './bulk/bulk-words.ts';
export { useCanBlock, useDecidesRequests, useSeesBlockDetails } from './can-block.ts';
export { useBlockBehind } from './explain/block-behind.ts';
export type { explainWords } from './explain/explain-words.ts';
export { TestNumberButton } from './explain/test-number-button.tsx';
export type { GateContact } from './gate-contact.ts';
export { GateDialogsProvider } from './gate-dialogs-provider.tsx';
export type { blockListsWords } from './imports/lists-words.tsx';
export { preloadGateDialogs } from './lazy-dialogs.ts';
export { useBlockCounts } from './list/api.ts';
export { type BlocksSearch, readBlocksSearch } from './list/blocks-search.ts';
export type { blocksDeskWords } from './list/desk-words.ts';
export { useRequestCounts } from './requests/api.ts';
export { RequestBar } from './requests/request-bar.tsx';
export type { requestDeskWords } from './requests/request-words.ts';
export { useBlockAction } from './requests/use-block-action.tsx';
export { useFollowDesk } from './requests/use-follow-desk.ts';
export { useFollowOwnRequests } from './requests/use-follow-own.ts';
export { SafetyZone } from './safety-zone.tsx';
export { useTellWire } from './tell-blocked.ts';

/** The Bloqueios page's content, fetched when it is opened. */
export const BlocksDesk = lazyPart(
  () => import('./list/blocks-desk.tsx'),
  (file) => file.BlocksDesk,
);

/** What a block of a contact will stop, for a dialog that blocks along with something else. */
export const BlockImpact = lazyPart(
  () => import('./explain/block-impact.tsx'),
  (file) => file.BlockImpact,
);

/** *Bloquear selecionados*, for the contacts page. */
export const BulkBlockButton = lazyPart(
  () => import('./bulk/bulk-block-button.tsx'),
  (file) => file.BulkBlockButton,
);

/** What its tab *Pedidos* shows. */
export const RequestQueue = lazyPart(
  () => import('./requests/request-queue.tsx'),
  (file) => file.RequestQueue,
);

/** The fields of a block, for a form that blocks along with something else. */
export const BlockFields = lazyPart(
  () => import('./block-fields.tsx'),
  (file) => file.BlockFields,
);

/** After how long a request is brought up again; for the settings page. */
export const RequestSettings = lazyPart(
  () => import('./requests/request-settings.tsx'),
  (file) => file.RequestSettings,
);

/** WhatsApp's own list, on the page of its number. */
export const BlockListCard = lazyPart(
  () => import('./block-list-card.tsx'),
  (file) => file.BlockListCard,
);

/** *Importar* and *Exportar* of the Bloqueios page. */
export const ListsActions = lazyPart(
  () => import('./imports/lists-actions.tsx'),
  (file) => file.ListsActions,
);

/** The page of imports. */
export const ImportScreen = lazyPart(
  () => import('./imports/import-screen.tsx'),
  (file) => file.ImportScreen,
);
