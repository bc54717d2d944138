import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './http.ts';

const isWorthRepeating = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status >= 502);

/** Of a query what is needed here, whatever kind of error it is made for. */
interface Forgettable {
  readonly state: { readonly data: unknown };
  setState(state: { data: undefined; dataUpdatedAt: number }): void;
}

/** Empties what was read: no screen shows it any more, open or gone back to. An observed query cannot be removed. */
export const forgetData = (query: Forgettable): void =>
  query.setState({ data: undefined, dataUpdatedAt: 0 });

/**
 * What is not there any more is not shown any longer either, such as a contact whose data was erased: left alone, a query
 * keeps what it was answered before.
 */
export const forgetGone = (error: unknown, query: Forgettable): void => {
  const isErased = error instanceof ApiProblem && error.status === 404;
  if (isErased && query.state.data !== undefined) forgetData(query);
};

/** Live events keep what is on screen fresh; refetching is for coming back after a lost connection. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: forgetGone }),
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
