import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { aConversation, aMessage } from '../testing/views.ts';
import { getDraft, setDraft } from './drafts.ts';
import { addOutgoing, getOutgoing } from './outgoing.ts';
import { queryKeys } from './query-keys.ts';
import { setViewer } from './viewer.ts';
import { followWithheld } from './withhold.ts';

const secret = 'o que não deve ser lido';

/** The storage of a tab, as far as drafts need one. */
const aStorage = () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  return kept;
};

afterEach(() => {
  setViewer(null);
  vi.unstubAllGlobals();
});

const page = (item: unknown) => ({
  pages: [{ items: [item], nextCursor: null }],
  pageParams: [null],
});

it('takes what a covered message said out of all that this browser keeps', () => {
  const kept = aStorage();
  setViewer('m-1');
  const message = aMessage({ id: 'a', text: secret });
  const quote = {
    id: 'a',
    direction: 'in',
    type: 'text',
    text: secret,
    summary: null,
    variant: null,
    withheld: null,
  } as const;
  const last = {
    ...aMessage({ id: 'a', text: secret }),
    summary: secret,
    variant: null,
    isRevoked: false,
    isMediaCovered: false,
  };
  const client = new QueryClient();
  client.setQueryData(queryKeys.thread('c-1'), page(message));
  client.setQueryData(queryKeys.shelf('c-1', 'visual'), page({ ...message, type: 'image' }));
  client.setQueryData(
    queryKeys.list({ view: 'all', search: '', unread: false }),
    page(aConversation({ lastMessage: last })),
  );
  client.setQueryData(queryKeys.one('c-1'), aConversation({ lastMessage: last }));
  client.setQueryData(queryKeys.found('ler'), page({ id: 'a', excerpt: [{ text: secret }] }));
  client.setQueryData(queryKeys.stopped('p-1'), [message]);
  client.setQueryData(queryKeys.ofRequest('r-1'), { items: [message], nextCursor: null });
  setDraft('c-1', { text: 'Olá', replyTo: message });
  addOutgoing({
    key: 'k',
    conversationId: 'c-1',
    text: 'Olá',
    replyTo: quote,
    at: message.at,
    messageId: null,
    isWaiting: true,
    refusal: null,
  });
  // What others wrote is not for the storage of this computer in the first place.
  expect([...kept.values()].join()).not.toContain(secret);

  followWithheld(client, [aMessage({ id: 'a', text: null, withheld: 'covered' })]);

  const known = client.getQueryCache().findAll();
  expect(known).toHaveLength(7);
  expect(JSON.stringify(known.map(({ state }) => state.data))).not.toContain(secret);
  expect(JSON.stringify([getDraft('c-1'), getOutgoing()])).not.toContain(secret);
  expect(getDraft('c-1')).toMatchObject({ text: 'Olá', replyTo: { withheld: 'covered' } });
  expect(getOutgoing()[0]?.replyTo?.withheld).toBe('covered');
});

it('reads a row of the list again when its last message was restored', () => {
  const client = new QueryClient();
  const key = queryKeys.list({ view: 'all', search: '', unread: false });
  const last = {
    ...aMessage({ id: 'a', text: null, withheld: 'covered' }),
    variant: null,
    isRevoked: false,
    isMediaCovered: false,
  };
  client.setQueryData(key, page(aConversation({ lastMessage: last })));
  followWithheld(client, [aMessage({ id: 'a', text: 'Oi' })]);
  expect(JSON.stringify(client.getQueryData(key))).toContain('"text":"Oi"');
});
