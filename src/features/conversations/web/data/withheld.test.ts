import { expect, it } from 'vitest';
import type { FoundMessage } from '../../contract.ts';
import { aConversation, aMessage } from '../testing/views.ts';
import {
  dropFound,
  restoreLast,
  withholdInList,
  withholdInThread,
  withholdLast,
  withholdMessages,
  withoutContent,
} from './withheld.ts';

const short = { summary: null, variant: null };
const secret = 'o que não deve ser lido';
const covered = new Map([['a', 'covered']] as const);

const full = aMessage({
  id: 'a',
  text: secret,
  summary: secret,
  error: { code: 'window-closed' },
  replyTo: { id: 'z', direction: 'in', type: 'text', text: secret, ...short, withheld: null },
  reactions: [{ direction: 'in', emoji: '👍' }],
  linkCard: { url: 'https://example.org/', title: secret, description: null, siteName: null },
  media: {
    state: 'ready',
    reason: null,
    mimeType: 'application/pdf',
    sizeBytes: 1,
    fileName: secret,
    width: null,
    height: null,
    durationSeconds: null,
    hasThumbnail: true,
    isAnimated: false,
    isCovered: false,
    isWithheld: false,
    hasPlaceholder: false,
  },
});

it('leaves ids, direction, time and kind of a message, and nothing that it said', () => {
  const empty = withoutContent(full, 'covered');
  expect(JSON.stringify(empty)).not.toContain(secret);
  expect(empty).toEqual(aMessage({ id: 'a', text: null, withheld: 'covered' }));
});

it('empties a message and what quotes it, and leaves the others as they are', () => {
  const quoting = aMessage({
    id: 'b',
    replyTo: { id: 'a', direction: 'in', type: 'text', text: secret, ...short, withheld: null },
  });
  const other = aMessage({ id: 'c' });
  const next = withholdMessages([full, quoting, other], covered);
  expect(JSON.stringify(next)).not.toContain(secret);
  expect(next[1]?.replyTo).toEqual({ ...quoting.replyTo, text: null, withheld: 'covered' });
  expect(next[2]).toBe(other);
  expect(withholdMessages(next, covered)).toBe(next);
});

it('does not cover again what was removed meanwhile', () => {
  const removed = aMessage({ id: 'a', text: null, withheld: 'removed', removalNumber: 3 });
  expect(withholdMessages([removed], covered)).toEqual([removed]);
  const last = withholdLast(rowWith('a', secret), new Map([['a', 'removed']] as const));
  expect(withholdLast(last, covered).lastMessage?.withheld).toBe('removed');
  const gone = new Map([['a', 'removed']] as const);
  expect(withholdMessages([withoutContent(full, 'covered')], gone)[0]?.withheld).toBe('removed');
});

it('draws no thread and no list anew in which nothing is meant', () => {
  const thread = { pages: [{ items: [aMessage()], nextCursor: null }], pageParams: [null] };
  const list = { pages: [{ items: [aConversation()], nextCursor: null }], pageParams: [null] };
  expect(withholdInThread(thread, covered)).toBe(thread);
  expect(withholdInList(list, covered)).toBe(list);
});

const rowWith = (id: string, text: string) =>
  aConversation({
    lastMessage: {
      id,
      direction: 'in',
      type: 'text',
      text,
      status: 'received',
      at: '2026-03-01T12:00:00.000Z',
      summary: text,
      variant: null,
      isRevoked: false,
      isMediaCovered: false,
      withheld: null,
    },
  });

it('says nothing of the last message in a list, and reads it again once it is restored', () => {
  const row = withholdLast(rowWith('a', secret), covered);
  expect(JSON.stringify(row)).not.toContain(secret);
  expect(row.lastMessage?.withheld).toBe('covered');
  expect(withholdLast(rowWith('b', 'Oi'), covered).lastMessage?.text).toBe('Oi');

  const restored = restoreLast(row, aMessage({ id: 'a', text: 'Oi' }));
  expect(restored.lastMessage).toMatchObject({ text: 'Oi', withheld: null });
  const newer = rowWith('b', 'Bom dia');
  expect(restoreLast(newer, aMessage({ id: 'a', text: 'Oi' }))).toBe(newer);
});

it('drops a message from what a search has found', () => {
  const found = (id: string): FoundMessage => ({
    id,
    conversationId: 'c-1',
    contactId: 'p-1',
    contactName: 'Ana',
    isBlocked: false,
    direction: 'in',
    type: 'text',
    at: '2026-03-01T12:00:00.000Z',
    excerpt: [{ text: secret, isMatch: true }],
  });
  const data = {
    pages: [{ items: [found('a'), found('b')], nextCursor: null }],
    pageParams: [null],
  };
  expect(dropFound(data, covered).pages[0]?.items.map(({ id }) => id)).toEqual(['b']);
});

it('a list says nothing of a reaction to what is withheld', () => {
  const to = { id: 'a', direction: 'in', type: 'text', text: secret, ...short } as const;
  const at = '2026-03-01T12:00:00.000Z';
  const conversation = aConversation({
    lastReaction: { direction: 'in', emoji: '👍', at, to: { ...to, at, isRevoked: false } },
  });
  expect(withholdLast(conversation, new Map([['a', 'covered']])).lastReaction).toBeNull();
  expect(withholdLast(conversation, new Map([['b', 'covered']]))).toBe(conversation);
});
