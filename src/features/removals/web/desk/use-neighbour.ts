import { useMe } from '#features/accounts/web/index.ts';
import { useRemovalQueue, useReviewsRemovals } from './api.ts';
import { ownQuery, queryOf, type RemovalsSearch } from './removals-search.ts';

/** The request before or after the open one in the list that is shown; the first when none is open. */
export function useRemovalNeighbour(
  search: RemovalsSearch,
): (id: string | null, step: 1 | -1) => string | null {
  const reviews = useReviewsRemovals();
  const { memberId } = useMe();
  const queue = useRemovalQueue(reviews ? queryOf(search, memberId) : ownQuery);
  const rows = queue.data?.pages.flatMap((page) => page.items) ?? [];
  return (id, step) => {
    const at = rows.findIndex((row) => row.id === id);
    if (at < 0) return rows[0]?.id ?? null;
    return rows[at + step]?.id ?? null;
  };
}
