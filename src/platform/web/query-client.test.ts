import { QueryCache, QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { ApiProblem } from './http.ts';
import { forgetGone } from './query-client.ts';

const queryKey = ['contacts', 'one', 'c1'];

/** Somebody looks at what was read once; the next answer is this problem. */
async function seenThen(status: number) {
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: forgetGone }),
    defaultOptions: { queries: { retry: false } },
  });
  client.setQueryData(queryKey, { name: 'Ana' });
  const observer = new QueryObserver(client, {
    queryKey,
    queryFn: () => Promise.reject(new ApiProblem(status, {})),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const stop = observer.subscribe(() => undefined);
  await client.invalidateQueries({ queryKey });
  const { data, error } = observer.getCurrentResult();
  stop();
  client.clear();
  return { data, status: error instanceof ApiProblem ? error.status : null };
}

it('keeps nothing of what is not there any more, also where it is on the screen', async () => {
  expect(await seenThen(404)).toEqual({ data: undefined, status: 404 });
});

it('keeps what it has when the server cannot answer', async () => {
  expect(await seenThen(503)).toEqual({ data: { name: 'Ana' }, status: 503 });
});
