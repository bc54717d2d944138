import type { Page } from '#platform/web/http.ts';
import { plainText } from '#platform/web/plain-text.ts';
import type { Conversation } from '../../contract.ts';
import type { ListFilter } from './query-keys.ts';

export interface ListPages {
  pages: Page<Conversation>[];
  pageParams: unknown[];
}

/** A rough copy of the server's search, only to put a row in before the next answer. */
const isFound = (conversation: Conversation, search: string): boolean => {
  if (search === '') return true;
  if (plainText(conversation.contactName).includes(plainText(search))) return true;
  const digits = search.replace(/\D/g, '');
  return digits.length > 2 && Boolean(conversation.contactPhone?.includes(digits.slice(-8)));
};

const isInView = (
  conversation: Conversation,
  view: ListFilter['view'],
  memberId: string | null,
  isAskedAbout: boolean,
): boolean => {
  if (conversation.isBlocked) return view === 'blocked';
  if (conversation.isBlockRequested && isAskedAbout) return view === 'block-requested';
  if (view === 'mine')
    return conversation.status === 'open' && conversation.assignee?.id === memberId;
  if (view === 'queue') return conversation.status === 'open' && conversation.assignee === null;
  return view === 'all';
};

/**
 * Whether a list shows this conversation. `openId` is the one on the screen: it stays in the unread filter although
 * opening it has read it, because nothing may vanish from under the hand. `isAskedAbout`: this person asked for a block
 * of its contact.
 */
export const belongs = (
  conversation: Conversation,
  filter: ListFilter,
  memberId: string | null,
  openId: string | null,
  isAskedAbout: boolean,
): boolean =>
  isInView(conversation, filter.view, memberId, isAskedAbout) &&
  (filter.channelId === null || conversation.channel.id === filter.channelId) &&
  (!filter.unread || conversation.unreadCount > 0 || conversation.id === openId) &&
  isFound(conversation, filter.search);

const isListed = ({ pages }: ListPages, id: string): boolean =>
  pages.some((page) => page.items.some((item) => item.id === id));

/** What this conversation has to meet: the server searches more names than are known here, so what it found stays. */
export const asFound = ({ id }: Conversation, filter: ListFilter, data: ListPages): ListFilter =>
  isListed(data, id) ? { ...filter, search: '' } : filter;

/** The newest activity first, then the newest id: the server's order. */
const isBefore = (one: Conversation, other: Conversation): boolean =>
  one.lastActivityAt > other.lastActivityAt ||
  (one.lastActivityAt === other.lastActivityAt && one.id > other.id);

const without = (data: ListPages, id: string): ListPages => ({
  ...data,
  pages: data.pages.map((page) =>
    page.items.some((item) => item.id === id)
      ? { ...page, items: page.items.filter((item) => item.id !== id) }
      : page,
  ),
});

const withInserted = (data: ListPages, conversation: Conversation): ListPages => {
  const at = data.pages.findIndex((page) =>
    page.items.some((item) => isBefore(conversation, item)),
  );
  const last = data.pages.length - 1;
  // Older than all that is loaded: it comes with a later page, unless there is none.
  if (at === -1 && data.pages[last]?.nextCursor) return data;
  const target = at === -1 ? last : at;
  const pages = data.pages.map((page, index) => {
    if (index !== target) return page;
    const place = page.items.findIndex((item) => isBefore(conversation, item));
    const items = [...page.items];
    items.splice(place === -1 ? items.length : place, 0, conversation);
    return { ...page, items };
  });
  return { ...data, pages };
};

/** One list after a change of one conversation: moved to its place, put in, or taken out. */
export const patchList = (
  data: ListPages,
  conversation: Conversation,
  isMember: boolean,
): ListPages => {
  const isThere = isListed(data, conversation.id);
  if (!isThere && !isMember) return data;
  const rest = isThere ? without(data, conversation.id) : data;
  return isMember ? withInserted(rest, conversation) : rest;
};
