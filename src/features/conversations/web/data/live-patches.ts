import type { Query, QueryCache, QueryClient } from '@tanstack/react-query';

type Patch = (data: unknown) => unknown;

const waiting = new Map<string, Patch[]>();
const watched = new WeakSet<QueryCache>();

const apply = (query: Query, patch: Patch): void => {
  if (query.state.data === undefined) return;
  const data = patch(query.state.data);
  // Not `setQueryData`: what waits to be read again, or failed to be read, still does.
  if (data !== query.state.data) query.setState({ data });
};

/** An answer that was asked for before a change may not know of it: the change is made once more on what came. */
function watch(cache: QueryCache): void {
  if (watched.has(cache)) return;
  watched.add(cache);
  cache.subscribe(({ type, query }) => {
    const isOver = type === 'removed' || query.state.fetchStatus === 'idle';
    const patches = isOver ? waiting.get(query.queryHash) : undefined;
    if (!patches) return;
    waiting.delete(query.queryHash);
    if (type !== 'removed') for (const patch of patches) apply(query, patch);
  });
}

/**
 * Changes what is known under these keys, whether it is shown, waits in the cache or is being read right now. The patch
 * is given the whole key, because a list's filter stands in it.
 */
export function patchQueries<Data>(
  client: QueryClient,
  queryKey: readonly unknown[],
  patch: (data: Data, key: readonly unknown[]) => Data,
): void {
  const cache = client.getQueryCache();
  watch(cache);
  for (const query of cache.findAll({ queryKey })) {
    const patchThis: Patch = (data) => patch(data as Data, query.queryKey);
    if (query.state.fetchStatus !== 'idle') {
      waiting.set(query.queryHash, [...(waiting.get(query.queryHash) ?? []), patchThis]);
    }
    apply(query, patchThis);
  }
}
