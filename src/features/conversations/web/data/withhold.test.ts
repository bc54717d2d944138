import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { aConversation, aMessage } from '../testing/views.ts';
import { getDraft, setDraft } from './drafts.ts';
import { lastTold, rememberTold } from './last-told.ts';
import { keepLocalFile, localFile } from './local-files.ts';
import { addOutgoing, getOutgoing, type Outgoing } from './outgoing.ts';
import { queryKeys } from './query-keys.ts';
import { quoteOf } from './quote-of.ts';
import { refetchAll } from './refetch-all.ts';
import { setViewer } from './viewer.ts';
import { followWithheld } from './withhold.ts';

const secret = 'o que não deve ser lido';
const anEmoji = { direction: 'in', emoji: '👍' } as const;

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

it('reads again without a touch on replies that say nothing any longer', async () => {
  aStorage();
  setViewer('m-1');
  setDraft('c-1', { replyTo: aMessage({ id: 'a', text: secret, reactions: [anEmoji] }) });
  await refetchAll(new QueryClient());
  const draft = getDraft('c-1');
  expect(draft.replyTo).toEqual(aMessage({ id: 'a', text: null }));
  await refetchAll(new QueryClient());
  expect(getDraft('c-1')).toBe(draft);
  setDraft('c-2', { replyTo: aMessage({ id: 'b', text: secret }) });
  await refetchAll(new QueryClient());
  expect(getDraft('c-1')).toBe(draft);
  expect(getDraft('c-2').replyTo?.text).toBeNull();
});

/** An answer of this person that waits to leave. */
const anAnswer = (replyTo: Outgoing['replyTo']): Outgoing => ({
  key: 'k',
  conversationId: 'c-1',
  text: 'Olá',
  replyTo,
  at: '2026-03-01T12:00:00.000Z',
  messageId: null,
  isWaiting: true,
  refusal: null,
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
    summary: secret,
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
    queryKeys.list({ view: 'all', search: '', unread: false, channelId: null }),
    page(aConversation({ lastMessage: last })),
  );
  client.setQueryData(queryKeys.one('c-1'), aConversation({ lastMessage: last }));
  client.setQueryData(queryKeys.found('ler', null), page({ id: 'a', excerpt: [{ text: secret }] }));
  client.setQueryData(queryKeys.stopped('p-1'), [message]);
  client.setQueryData(queryKeys.ofRequest('r-1'), { items: [message], nextCursor: null });
  setDraft('c-1', { text: 'Olá', replyTo: message });
  addOutgoing(anAnswer(quote));
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
  const key = queryKeys.list({ view: 'all', search: '', unread: false, channelId: null });
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

it('keeps no name of a document that is answered: on the disk never, covered nowhere', () => {
  const kept = aStorage();
  setViewer('m-2');
  const document = aMessage({ id: 'd', type: 'document', text: null, summary: secret });
  addOutgoing(anAnswer(quoteOf(document)));
  expect(getOutgoing()[0]?.replyTo?.summary).toBe(secret);
  expect([...kept.values()].join()).not.toContain(secret);
  followWithheld(new QueryClient(), [aMessage({ id: 'd', text: null, withheld: 'removed' })]);
  expect(getOutgoing()[0]?.replyTo).toMatchObject({ id: 'd', type: 'document', summary: null });
  expect([...kept.values()].join()).not.toContain(secret);
});

it('keeps no words over a gap in which something may have been covered', async () => {
  aStorage();
  setViewer('m-3');
  const message = aMessage({ id: 'a', text: secret });
  const other = aConversation({
    id: 'c-2',
    lastMessage: {
      ...{ id: 'b', direction: 'in', type: 'text', text: secret, status: 'received' },
      ...{ at: message.at, summary: secret, variant: null, isRevoked: false },
      ...{ withheld: null, isMediaCovered: false },
    },
    lastReaction: {
      ...{ direction: 'in', emoji: '👍', at: message.at },
      to: { ...aMessage({ id: 'b', text: secret }), variant: null, isRevoked: false },
    },
  });
  setDraft('c-2', { text: 'Olá', replyTo: message });
  addOutgoing(anAnswer(quoteOf(message)));
  rememberTold(other);
  const client = new QueryClient();
  const gate = ['gate', 'requests', 'own'];
  client.setQueryData(gate, { items: [{ contactName: secret }] });
  client.setQueryData(['removals', 'desk', 'one', 'r'], { contactName: secret });
  client.setQueryData(queryKeys.thread('c-2'), page(message));
  // What a screen shows is read again instead.
  const read = vi.fn(() => Promise.resolve({ items: [] }));
  const stop = new QueryObserver(client, {
    ...{ queryKey: gate, queryFn: read, staleTime: Number.POSITIVE_INFINITY },
  }).subscribe(vi.fn());

  await refetchAll(client, [['gate'], ['removals']]);

  stop();
  expect(read).toHaveBeenCalledTimes(1);
  const known = client.getQueryCache().findAll();
  expect(known.map(({ queryKey }) => queryKey)).toEqual([gate]);
  const left = [known.map(({ state }) => state.data), getDraft('c-2'), getOutgoing()];
  expect(JSON.stringify([left, lastTold('c-2')])).not.toContain(secret);
  // Their kind is still told, and nothing that one typed oneself is lost.
  expect(getDraft('c-2')).toMatchObject({ text: 'Olá', replyTo: { id: 'a', type: 'text' } });
  expect(getOutgoing()[0]).toMatchObject({ text: 'Olá', replyTo: { id: 'a', text: '' } });
  expect(lastTold('c-2')?.lastMessage).toMatchObject({ type: 'text', text: '' });
});

it('lets go of a file of ours that was covered in the gap, and of no other', async () => {
  vi.stubGlobal('URL', { createObjectURL: () => 'blob:x', revokeObjectURL: vi.fn() });
  const client = new QueryClient();
  const ours = { direction: 'out', type: 'image', text: null } as const;
  const covered = aMessage({ ...ours, id: 'gone', withheld: 'covered' });
  for (const key of ['gone', 'here']) keepLocalFile(key, new File(['x'], 'x.png'), 'c-1');
  const read = () =>
    Promise.resolve({
      pages: [{ items: [covered, aMessage({ ...ours, id: 'here' })], nextCursor: null }],
      pageParams: [null],
    });
  const queryKey = queryKeys.thread('c-1');
  client.setQueryData(queryKey, page(aMessage({ ...ours, id: 'gone' })));
  const stop = new QueryObserver(client, { queryKey, queryFn: read }).subscribe(vi.fn());
  await refetchAll(client);
  stop();
  expect(localFile('gone')).toBeUndefined();
  expect(localFile('here')).toBeDefined();
});
