import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../contract.ts';
import { aConversation, atMinute } from '../testing/views.ts';
import { applyConversation } from './apply-changes.ts';
import { belongs, type ListPages, patchList } from './list-pages.ts';
import { type ListFilter, queryKeys } from './query-keys.ts';

const filter = (change: Partial<ListFilter>): ListFilter => ({
  view: 'all',
  search: '',
  unread: false,
  channelId: null,
  ...change,
});
const isIn = (
  conversation: Conversation,
  change: Partial<ListFilter>,
  openId: string | null = null,
  isAskedAbout = false,
) => belongs(conversation, filter(change), 'me', openId, isAskedAbout);

describe('belongs', () => {
  it('takes what this person asked to block out of every tab but its own, until it is decided', () => {
    const mine = aConversation({ assignee: { id: 'me', name: 'Eu' }, isBlockRequested: true });
    const tabs = ['mine', 'all', 'block-requested', 'blocked'] as const;
    const where = (conversation: Conversation, isAsked: boolean) =>
      tabs.filter((view) => isIn(conversation, { view }, null, isAsked));
    expect(where(mine, true)).toEqual(['block-requested']);
    expect(where(mine, false)).toEqual(['mine', 'all']);
    expect(where({ ...mine, isBlockRequested: false }, true)).toEqual(['mine', 'all']);
    expect(where({ ...mine, isBlocked: true }, true)).toEqual(['blocked']);
  });

  it('puts a conversation under its tab', () => {
    const mine = aConversation({ assignee: { id: 'me', name: 'Eu' } });
    const theirs = aConversation({ assignee: { id: 'other', name: 'Rui' } });
    const queued = aConversation();
    expect([isIn(mine, { view: 'mine' }), isIn(mine, { view: 'queue' })]).toEqual([true, false]);
    expect([isIn(theirs, { view: 'mine' }), isIn(theirs, { view: 'queue' })]).toEqual([
      false,
      false,
    ]);
    expect([isIn(queued, { view: 'mine' }), isIn(queued, { view: 'queue' })]).toEqual([
      false,
      true,
    ]);
    expect([mine, theirs, queued].every((each) => isIn(each, { view: 'all' }))).toBe(true);
  });

  it('takes a resolved one out of Minhas and Fila, not out of Todas', () => {
    const resolved = aConversation({ status: 'resolved' });
    expect(isIn(resolved, { view: 'queue' })).toBe(false);
    expect(isIn(resolved, { view: 'all' })).toBe(true);
  });

  it('shows a blocked one under Bloqueadas and nowhere else', () => {
    const blocked = aConversation({ isBlocked: true, assignee: { id: 'me', name: 'Eu' } });
    expect(isIn(blocked, { view: 'blocked' })).toBe(true);
    for (const view of ['mine', 'queue', 'all'] as const)
      expect(isIn(blocked, { view })).toBe(false);
  });

  it('leaves what goes through another number out of the list of one', () => {
    const conversation = aConversation();
    const { id } = conversation.channel;
    expect(isIn(conversation, { channelId: id })).toBe(true);
    expect(isIn(conversation, { channelId: 'another' })).toBe(false);
    expect(isIn(conversation, { channelId: 'another' }, conversation.id)).toBe(false);
  });

  it('keeps the open conversation in the unread filter after it was read', () => {
    const read = aConversation({ id: 'c-9', unreadCount: 0 });
    expect(isIn(read, { unread: true })).toBe(false);
    expect(isIn(read, { unread: true }, 'c-9')).toBe(true);
  });

  it('finds by a name without accents and by a number as Brazilians type it', () => {
    const joao = aConversation({ contactName: 'João', contactPhone: '+5511912345678' });
    expect(isIn(joao, { search: 'joao' })).toBe(true);
    expect(isIn(joao, { search: '(11) 91234-5678' })).toBe(true);
    expect(isIn(joao, { search: 'maria' })).toBe(false);
  });
});

describe('patchList', () => {
  const list = (ids: readonly [string, number][], nextCursor: string | null = null): ListPages => ({
    pages: [
      {
        items: ids.map(([id, minute]) => aConversation({ id, lastActivityAt: atMinute(minute) })),
        nextCursor,
      },
    ],
    pageParams: [null],
  });
  const ids = (data: ListPages) => data.pages.flatMap((page) => page.items.map(({ id }) => id));
  const moved = (id: string, minute: number) =>
    aConversation({ id, lastActivityAt: atMinute(minute) });

  it('moves a conversation to the place of its newest activity', () => {
    const before = list([
      ['a', 30],
      ['b', 20],
      ['c', 10],
    ]);
    expect(ids(patchList(before, moved('c', 40), true))).toEqual(['c', 'a', 'b']);
    expect(ids(patchList(before, moved('a', 15), true))).toEqual(['b', 'a', 'c']);
  });

  it('puts a new one in and takes a lost one out', () => {
    const before = list([
      ['a', 30],
      ['b', 20],
    ]);
    expect(ids(patchList(before, moved('n', 25), true))).toEqual(['a', 'n', 'b']);
    expect(ids(patchList(before, moved('a', 30), false))).toEqual(['b']);
  });

  it('leaves one that is older than all that is loaded to its later page', () => {
    expect(ids(patchList(list([['a', 30]], 'more'), moved('old', 5), true))).toEqual(['a']);
    expect(ids(patchList(list([['a', 30]]), moved('old', 5), true))).toEqual(['a', 'old']);
  });

  it('does not touch a list that the change does not concern', () => {
    const before = list([['a', 30]]);
    expect(patchList(before, moved('x', 50), false)).toBe(before);
  });
});

describe('a list with a search', () => {
  const searched = (conversation: Conversation, found: readonly Conversation[]) => {
    const client = new QueryClient();
    const key = queryKeys.list(filter({ search: 'padaria' }));
    const data: ListPages = {
      pages: [{ items: [...found], nextCursor: null }],
      pageParams: [null],
    };
    client.setQueryData(key, data);
    applyConversation(client, conversation);
    return client.getQueryData<ListPages>(key)?.pages.flatMap((page) => page.items);
  };
  // By a name of the business that the server knows, and no list shows.
  const found = aConversation({ id: 'f', contactName: 'João', unreadCount: 1 });

  it('keeps what the server found by a name unknown here, and takes out what is blocked', () => {
    const read = { ...found, unreadCount: 0 };
    expect(searched(read, [found])).toEqual([read]);
    expect(searched({ ...found, isBlocked: true }, [found])).toEqual([]);
  });

  it('takes in only what it finds itself', () => {
    const baker = aConversation({ id: 'p', contactName: 'Padaria da Ana' });
    expect(searched(found, [])).toEqual([]);
    expect(searched(baker, [])).toEqual([baker]);
  });
});
