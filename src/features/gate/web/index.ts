import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

export { refreshGate } from './api.ts';
export { BlockMenuItem } from './block-menu-item.tsx';
export { BlockedBadge } from './blocked-badge.tsx';
export { BlockedComposerBar } from './blocked-composer-bar.tsx';
export { useCanBlock, useSeesBlockDetails } from './can-block.ts';
export type { GateContact } from './gate-contact.ts';
export {
  GateDialogsProvider,
  useOpenBlockDialog,
  useOpenUnblockDialog,
} from './gate-dialogs-provider.tsx';
export { preloadGateDialogs } from './lazy-dialogs.ts';
export { SafetyZone } from './safety-zone.tsx';

/** The Bloqueios page's content, fetched when it is opened. */
export const BlocksList = lazyPart(
  () => import('./blocks-list.tsx'),
  (file) => file.BlocksList,
);
