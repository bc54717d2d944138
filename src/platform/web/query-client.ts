import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './http.ts';

const isWorthRepeating = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status >= 502);

/** Live events keep what is on screen fresh; refetching is for coming back after a lost connection. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (times, error) => times < 2 && isWorthRepeating(error),
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
