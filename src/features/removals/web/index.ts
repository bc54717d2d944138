import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

export { useAsksRemovals, useRemovalCounts, useReviewsRemovals } from './desk/api.ts';
export type { removalDeskWords } from './desk/desk-words.ts';
export { useFollowOwnRemovals, useUnreadDecisions } from './desk/own/use-follow-own.ts';
export { refreshRemovals } from './desk/refresh-desk.ts';
export { type RemovalsSearch, readRemovalsSearch } from './desk/removals-search.ts';
export { useRemovalNeighbour } from './desk/use-neighbour.ts';

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
