import type { ConversationView, MediaShelf } from '../../contract.ts';

/** What a list shows: one tab, and what narrows it. */
export interface ListFilter {
  view: ConversationView;
  search: string;
  unread: boolean;
  /** Of one number of ours; null: of all. */
  channelId: string | null;
}

export const queryKeys = {
  lists: ['conversations', 'list'] as const,
  list: (filter: ListFilter) => ['conversations', 'list', filter] as const,
  counts: ['conversations', 'counts'] as const,
  countsOf: (channelId: string | null) => ['conversations', 'counts', channelId] as const,
  ones: ['conversations', 'one'] as const,
  one: (id: string) => ['conversations', 'one', id] as const,
  threads: ['conversations', 'thread'] as const,
  thread: (id: string) => ['conversations', 'thread', id] as const,
  shelves: ['conversations', 'shelf'] as const,
  shelvesOf: (id: string) => ['conversations', 'shelf', id] as const,
  shelf: (id: string, shelf: MediaShelf) => ['conversations', 'shelf', id, shelf] as const,
  stoppedAll: ['conversations', 'stopped'] as const,
  stopped: (contactId: string) => ['conversations', 'stopped', contactId] as const,
  stoppedOfMany: ['conversations', 'stopped-of-many'] as const,
  foundAll: ['conversations', 'found-messages'] as const,
  found: (query: string, channelId: string | null) =>
    ['conversations', 'found-messages', query, channelId] as const,
  ofRequests: ['conversations', 'request-messages'] as const,
  ofRequest: (id: string) => ['conversations', 'request-messages', id] as const,
  channels: ['conversations', 'channels'] as const,
};
