import { describe, expect, it } from 'vitest';
import type { Message } from '../../contract.ts';
import type { Outgoing } from '../data/outgoing.ts';
import { aMessage, atMinute } from '../testing/views.ts';
import { firstUnread, type ThreadRow, threadRows } from './thread-rows.ts';

const message = (id: string, minute: number, change: Partial<Message> = {}) =>
  aMessage({ id, at: atMinute(minute), ...change });

const rows = (
  messages: readonly Message[],
  more: { outgoing?: readonly Outgoing[]; firstUnreadId?: string } = {},
): ThreadRow[] =>
  threadRows({
    messages,
    outgoing: more.outgoing ?? [],
    firstUnreadId: more.firstUnreadId ?? null,
    myName: 'Helena',
    dayKey: (at) => at.slice(0, 10),
  });

const waiting = (change: Partial<Outgoing> = {}): Outgoing => ({
  key: 'k-1',
  conversationId: 'c-1',
  text: 'Já vou ver',
  replyTo: null,
  at: atMinute(30),
  messageId: null,
  isWaiting: false,
  refusal: null,
  ...change,
});

const joined = (all: readonly ThreadRow[]) =>
  all.flatMap((row) => (row.kind === 'message' ? row.isJoined : []));

describe('threadRows', () => {
  it('separates the days', () => {
    const next = { ...message('b', 0), at: '2026-03-02T09:00:00.000Z' };
    expect(rows([message('a', 0), next]).map((row) => row.kind)).toEqual([
      'day',
      'message',
      'day',
      'message',
    ]);
  });

  it('joins what one person writes in a row, and only that', () => {
    const ours = { direction: 'out', author: { kind: 'member', name: 'Rui' } } as const;
    const all = rows([
      message('a', 0),
      message('b', 1),
      message('c', 20),
      message('d', 21, ours),
      message('e', 22, { ...ours, author: { kind: 'member', name: 'Ana' } }),
    ]);
    expect(joined(all)).toEqual([false, true, false, false, false]);
  });

  it('draws the unread line above its message, which then joins nothing', () => {
    const all = rows([message('a', 0), message('b', 1)], { firstUnreadId: 'b' });
    expect(all.map((row) => row.kind)).toEqual(['day', 'message', 'unread', 'message']);
    expect(joined(all)).toEqual([false, false]);
  });

  it('shows what is on its way at the end, until the message itself is there', () => {
    const before = rows([message('a', 0)], { outgoing: [waiting()] });
    expect(before.at(-1)).toMatchObject({ kind: 'message', isPending: true, key: 'k-1' });
    const after = rows([message('a', 0), message('m-9', 30, { direction: 'out' })], {
      outgoing: [waiting({ messageId: 'm-9' })],
    });
    expect(after.filter((row) => row.kind === 'message')).toHaveLength(2);
  });

  it('keeps what came back unsent, without a day of its own', () => {
    const old = waiting({ at: '2026-02-20T12:00:00.000Z', refusal: 'window-closed' });
    const all = rows([message('a', 0)], { outgoing: [old] });
    expect(all.map((row) => row.kind)).toEqual(['day', 'message', 'message']);
    expect(all.at(-1)).toMatchObject({ refused: old, message: { status: 'failed' } });
  });
});

describe('firstUnread', () => {
  it('counts back over messages of the person alone', () => {
    const all = [
      message('a', 0),
      message('b', 1),
      message('x', 2, { direction: 'out' }),
      message('c', 3),
    ];
    expect(firstUnread(all, 2)).toBe('b');
    expect(firstUnread(all, 0)).toBeNull();
  });

  it('stands above the oldest loaded one when more are unread than loaded', () => {
    expect(firstUnread([message('a', 0), message('b', 1)], 40)).toBe('a');
  });
});
