import type { QueryClient } from '@tanstack/react-query';
import type { Conversation, Message } from '../../contract.ts';
import { belongs, type ListPages, patchList } from './list-pages.ts';
import { getOpenConversationId } from './open-conversation.ts';
import { type ListFilter, queryKeys } from './query-keys.ts';
import { patchThread, type ThreadPages } from './thread-pages.ts';

/** Who looks at the screen, for the tab *Minhas*. */
let memberId: string | null = null;
export const setViewer = (id: string | null): void => {
  memberId = id;
};
export const getViewer = (): string | null => memberId;

const filterOf = (key: readonly unknown[]): ListFilter | undefined => {
  const filter = key[2];
  return typeof filter === 'object' && filter !== null ? (filter as ListFilter) : undefined;
};

/** Puts a conversation into every list and screen that shows it, and takes it out of those that no longer do. */
export function applyConversation(client: QueryClient, conversation: Conversation): void {
  const known = client.getQueryData<Conversation>(queryKeys.one(conversation.id));
  const isKnown = known !== undefined || getOpenConversationId() === conversation.id;
  if (isKnown) client.setQueryData(queryKeys.one(conversation.id), conversation);
  for (const [key, data] of client.getQueriesData<ListPages>({ queryKey: queryKeys.lists })) {
    const filter = filterOf(key);
    if (!data || !filter) continue;
    const isMember = belongs(conversation, filter, memberId, getOpenConversationId());
    const next = patchList(data, conversation, isMember);
    if (next !== data) client.setQueryData(key, next);
  }
}

/** Puts a message into its thread when that thread has been opened before. */
export function applyMessage(client: QueryClient, message: Message): void {
  const key = queryKeys.thread(message.conversationId);
  client.setQueryData<ThreadPages>(key, (data) => (data ? patchThread(data, message) : data));
}

let countsTimer: ReturnType<typeof setTimeout> | undefined;
let countsReadAt = 0;

/** The counters are asked for again at once, and at most once a second however much happens. */
export function refreshCounts(client: QueryClient): void {
  if (countsTimer) return;
  const wait = Math.max(60, countsReadAt + 1000 - Date.now());
  countsTimer = setTimeout(() => {
    countsTimer = undefined;
    countsReadAt = Date.now();
    void client.invalidateQueries({ queryKey: queryKeys.counts });
  }, wait);
}

/** After a lost connection, or when too much changed to tell one by one: read again what is on the screen. */
export function refetchAll(client: QueryClient): void {
  void client.invalidateQueries({ refetchType: 'active' });
}
