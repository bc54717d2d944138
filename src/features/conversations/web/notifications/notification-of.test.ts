import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conversation, LastMessage } from '../../contract.ts';
import { setAskedAbout } from '../data/asked-about.ts';
import { setViewer } from '../data/viewer.ts';
import { aConversation } from '../testing/views.ts';
import { isSameNotification, notificationOf, type Wording } from './notification-of.ts';

const words: Wording = {
  isTextShown: true,
  preview: ({ type, text, summary, isMediaCovered }) =>
    isMediaCovered ? `${type} oculta` : text || summary || type,
  from: (name) => `Nova mensagem de ${name}`,
};

const last = (change: Partial<LastMessage> = {}): LastMessage => ({
  id: 'm-1',
  direction: 'in',
  type: 'text',
  text: 'Meu pedido não chegou',
  status: 'received',
  at: '2026-03-01T12:00:00.000Z',
  summary: null,
  variant: null,
  isRevoked: false,
  withheld: null,
  isMediaCovered: false,
  ...change,
});

const unread = (change: Partial<Conversation> = {}): Conversation =>
  aConversation({ unreadCount: 1, lastMessage: last(), ...change });

const saidOf = (change: Partial<Conversation>) => notificationOf(unread(change), words)?.body;

beforeEach(() => setViewer('me'));
afterEach(() => {
  setViewer(null);
  setAskedAbout(new Set());
});

describe('what stands on the desktop', () => {
  it('says who wrote and what, or only who', () => {
    expect(notificationOf(unread(), words)).toEqual({
      conversationId: 'c-1',
      contactId: 'p-1',
      messageId: 'm-1',
      title: 'Ana',
      body: 'Meu pedido não chegou',
    });
    const quiet = notificationOf(unread(), { ...words, isTextShown: false });
    expect(quiet).toMatchObject({ title: 'Nova mensagem de Ana', body: '' });
  });

  it('calls whoever has no name by the number', () => {
    const nameless = notificationOf(unread({ contactName: '+5511912345678' }), words);
    expect(nameless?.title).toBe('+55 11 91234-5678');
  });

  it('is nothing of a conversation that makes no unread here', () => {
    const other = { id: 'other', name: 'Diego' };
    expect(saidOf({ unreadCount: 0 })).toBeUndefined();
    expect(saidOf({ isBlocked: true })).toBeUndefined();
    expect(saidOf({ assignee: other })).toBeUndefined();
    expect(saidOf({ assignee: { id: 'me', name: 'Larissa' } })).toBeDefined();
    expect(saidOf({ lastMessage: null })).toBeUndefined();
  });

  it('is nothing to whoever asked for the block, and goes on for the others', () => {
    expect(saidOf({ isBlockRequested: true })).toBeDefined();
    setAskedAbout(new Set(['p-1']));
    expect(saidOf({ isBlockRequested: true })).toBeUndefined();
  });

  it('is nothing of what is covered, removed, taken back, or ours', () => {
    const ends: Partial<LastMessage>[] = [
      { withheld: 'covered', text: null },
      { withheld: 'removed', text: null },
      { isRevoked: true, text: null },
      { direction: 'out' },
      { direction: 'internal' },
    ];
    for (const end of ends) expect(saidOf({ lastMessage: last(end) })).toBeUndefined();
  });

  it('says of a file its kind alone, before and after it is here', () => {
    const picture = last({ type: 'image', text: 'uma legenda' });
    expect(saidOf({ lastMessage: picture })).toBe('image');
    const document = last({ type: 'document', text: null, summary: 'nome que diz tudo.pdf' });
    expect(saidOf({ lastMessage: document })).toBe('document');
    const covered = last({ type: 'image', text: null, isMediaCovered: true });
    expect(saidOf({ lastMessage: covered })).toBe('image oculta');
  });

  it('cuts what is long, and never in the middle of a sign', () => {
    const body = saidOf({ lastMessage: last({ text: '😀'.repeat(300) }) });
    expect(body).toBe(`${'😀'.repeat(139)}…`);
  });

  it('is another one when the message, its words or the name are others', () => {
    const notification = notificationOf(unread(), words);
    const now = (change: Partial<Conversation>) =>
      notification !== null &&
      isSameNotification(notification, notificationOf(unread(change), words));
    expect(now({ windowClosesAt: '2026-03-02T12:00:00.000Z', unreadCount: 2 })).toBe(true);
    expect(now({ lastMessage: last({ id: 'm-2' }) })).toBe(false);
    expect(now({ lastMessage: last({ text: 'Outra coisa' }) })).toBe(false);
    expect(now({ contactName: 'Ana Maria' })).toBe(false);
    expect(now({ unreadCount: 0 })).toBe(false);
  });
});
