import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import type { Page } from '#platform/web/http.ts';
import type { Message } from '../../contract.ts';
import { aConversation, aMessage, atMinute } from '../testing/views.ts';
import { applyConversation, applyMessage } from './apply-changes.ts';
import type { ListPages } from './list-pages.ts';
import { queryKeys } from './query-keys.ts';
import { inReadingOrder, type ThreadPages } from './thread-pages.ts';

const aClient = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });

/** A thread whose pages are answered by hand. */
const aThread = (client: QueryClient) => {
  const answers: ((page: Page<Message>) => void)[] = [];
  const read = () =>
    client.fetchInfiniteQuery({
      queryKey: queryKeys.thread('c-1'),
      queryFn: () => new Promise<Page<Message>>((resolve) => answers.push(resolve)),
      initialPageParam: null as string | null,
      getNextPageParam: (page: Page<Message>) => page.nextCursor,
      staleTime: 0,
    });
  const shown = () =>
    inReadingOrder(client.getQueryData<ThreadPages>(queryKeys.thread('c-1'))).map(({ id }) => id);
  return { read, answers, shown };
};

const old = aMessage({ id: 'old', at: atMinute(0) });
const news = aMessage({ id: 'news', at: atMinute(1) });

it('keeps a message that came while the thread was read for the first time', async () => {
  const client = aClient();
  const { read, answers, shown } = aThread(client);
  const reading = read();
  applyMessage(client, news);
  answers[0]?.({ items: [old], nextCursor: null });
  await reading;
  expect(shown()).toEqual(['old', 'news']);
});

it('keeps a message that came while the thread was read again', async () => {
  const client = aClient();
  const { read, answers, shown } = aThread(client);
  const first = read();
  answers[0]?.({ items: [old], nextCursor: null });
  await first;
  const second = read();
  applyMessage(client, news);
  expect(shown()).toEqual(['old', 'news']);
  answers[1]?.({ items: [old], nextCursor: null });
  await second;
  expect(shown()).toEqual(['old', 'news']);
});

it('takes a blocked contact out of a list that was being read when the block came', async () => {
  const client = aClient();
  const filter = { view: 'all', search: '', unread: false, channelId: null } as const;
  let answer: (page: ListPages['pages'][number]) => void = () => undefined;
  const reading = client.fetchInfiniteQuery({
    queryKey: queryKeys.list(filter),
    queryFn: () => new Promise<ListPages['pages'][number]>((resolve) => (answer = resolve)),
    initialPageParam: null as string | null,
    getNextPageParam: (page: ListPages['pages'][number]) => page.nextCursor,
  });
  await Promise.resolve();
  applyConversation(client, aConversation({ isBlocked: true }));
  answer({ items: [aConversation()], nextCursor: null });
  await reading;
  const list = client.getQueryData<ListPages>(queryKeys.list(filter));
  expect(list?.pages[0]?.items).toEqual([]);
});

it('keeps a change of the open conversation whose own answer was under way', async () => {
  const client = aClient();
  let answer: (conversation: ReturnType<typeof aConversation>) => void = () => undefined;
  const reading = client.fetchQuery({
    queryKey: queryKeys.one('c-1'),
    queryFn: () => new Promise<ReturnType<typeof aConversation>>((resolve) => (answer = resolve)),
  });
  await Promise.resolve();
  applyConversation(client, aConversation({ isBlocked: true }));
  answer(aConversation());
  await reading;
  expect(client.getQueryData(queryKeys.one('c-1'))).toMatchObject({ isBlocked: true });
});

it('leaves what waits to be read again waiting', async () => {
  const client = aClient();
  const { read, answers } = aThread(client);
  const first = read();
  answers[0]?.({ items: [old], nextCursor: null });
  await first;
  await client.invalidateQueries({ queryKey: queryKeys.threads, refetchType: 'none' });
  applyMessage(client, news);
  expect(client.getQueryState(queryKeys.thread('c-1'))?.isInvalidated).toBe(true);
});

it('loses nothing when a reading that was under way is given up', async () => {
  const client = aClient();
  client.setQueryData(queryKeys.one('c-1'), aConversation());
  const observer = new QueryObserver(client, {
    queryKey: queryKeys.one('c-1'),
    queryFn: ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('away')))),
    staleTime: 0,
  });
  const stop = observer.subscribe(() => undefined);
  applyConversation(client, aConversation({ unreadCount: 3 }));
  stop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(client.getQueryData(queryKeys.one('c-1'))).toMatchObject({ unreadCount: 3 });
});
