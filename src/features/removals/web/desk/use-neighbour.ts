import { useMe } from '#features/accounts/web/index.ts';
import { useOwnRemovals, useRemovalQueue, useReviewsRemovals } from './api.ts';
import { queryOf, type RemovalsSearch } from './removals-search.ts';

/** The request before or after the open one in the list that is shown; the first when none is open. */
export function useRemovalNeighbour(
  search: RemovalsSearch,
): (id: string | null, step: 1 | -1) => string | null {
  const reviews = useReviewsRemovals();
  const { memberId } = useMe();
  const queue = useRemovalQueue(queryOf(search, memberId), reviews);
  const own = useOwnRemovals(!reviews);
  const rows = reviews
    ? (queue.data?.pages.flatMap((page) => page.items) ?? [])
    : (own.data ?? []).toSorted((one, other) => other.number - one.number);
  return (id, step) => {
    const at = rows.findIndex((row) => row.id === id);
    if (at < 0) return rows[0]?.id ?? null;
    return rows[at + step]?.id ?? null;
  };
}
