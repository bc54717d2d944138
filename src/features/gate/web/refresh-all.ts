import type { QueryClient } from '@tanstack/react-query';

/**
 * A block touches lists, threads and contacts alike and is rare, so everything on screen is read again; the live event
 * usually came first.
 */
export const refreshAll = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'accounts' });
