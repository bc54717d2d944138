import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import type { Message } from '../../contract.ts';
import { aMessage, atMinute } from '../testing/views.ts';
import { applyMessage } from './apply-changes.ts';
import { askAboutMessage, noteTold } from './ask-about-message.ts';
import { queryKeys } from './query-keys.ts';
import { inReadingOrder, type ThreadPages } from './thread-pages.ts';

const textNow = (client: QueryClient) =>
  inReadingOrder(client.getQueryData<ThreadPages>(queryKeys.thread('c-1')))[0]?.text;

const aThreadOf = (message: Message): QueryClient => {
  const client = new QueryClient();
  const pages = { pages: [{ items: [message], nextCursor: null }], pageParams: [null] };
  client.setQueryData(queryKeys.thread('c-1'), pages);
  return client;
};

const before = aMessage({ id: 'm-1', at: atMinute(0), text: 'before' });
const asked = { ...before, text: 'asked for' };
const done = { ...before, text: 'done' };

it('shows the answer', async () => {
  const client = aThreadOf(before);
  await askAboutMessage(client, 'm-1', async () => asked);
  expect(textNow(client)).toBe('asked for');
});

it('leaves what an event told while the answer was on its way', async () => {
  const client = aThreadOf(before);
  let answer: (message: Message) => void = () => undefined;
  const asking = askAboutMessage(
    client,
    'm-1',
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  noteTold(aMessage({ id: 'another', at: atMinute(0) }));
  noteTold(done);
  applyMessage(client, done);
  answer(asked);
  await asking;
  expect(textNow(client)).toBe('done');
  // What is asked for after that is news again.
  await askAboutMessage(client, 'm-1', async () => asked);
  expect(textNow(client)).toBe('asked for');
});
