import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Conversation, Message } from '../../contract.ts';
import { hasAskedAbout } from './asked-about.ts';
import { rememberTold } from './last-told.ts';
import { belongs, type ListPages, patchList } from './list-pages.ts';
import { patchQueries } from './live-patches.ts';
import { getOpenConversationId } from './open-conversation.ts';
import { type ListFilter, queryKeys } from './query-keys.ts';
import { patchThread, type ThreadPages } from './thread-pages.ts';
import { getViewer } from './viewer.ts';

const filterOf = (key: readonly unknown[]): ListFilter | undefined => {
  const filter = key[2];
  return typeof filter === 'object' && filter !== null ? (filter as ListFilter) : undefined;
};

/** Puts a conversation into every list and screen that shows it, and takes it out of those that no longer do. */
export function applyConversation(client: QueryClient, conversation: Conversation): void {
  rememberTold(conversation);
  patchQueries<Conversation>(client, queryKeys.one(conversation.id), () => conversation);
  patchQueries<ListPages>(client, queryKeys.lists, (data, key) => {
    const filter = filterOf(key);
    if (!filter) return data;
    const isAskedAbout = hasAskedAbout(conversation.contactId);
    const openId = getOpenConversationId();
    const isMember = belongs(conversation, filter, getViewer(), openId, isAskedAbout);
    return patchList(data, conversation, isMember);
  });
}

/** Puts a message into its thread when that thread has been opened before. */
export function applyMessage(client: QueryClient, message: Message): void {
  patchQueries<ThreadPages>(client, queryKeys.thread(message.conversationId), (data) =>
    patchThread(data, message),
  );
}

const countsEvery = 5000;
const ownCountsEvery = 1000;
let countsTimer: ReturnType<typeof setTimeout> | undefined;
let countsReadAt = 0;

/**
 * A single arrival is counted at once. Under traffic every screen asks about each five seconds, no two in step; what the
 * person did at this screen is counted sooner.
 */
export function refreshCounts(client: QueryClient, isOwnDoing = false): void {
  if (countsTimer && !isOwnDoing) return;
  clearTimeout(countsTimer);
  const every = isOwnDoing ? ownCountsEvery : countsEvery * (0.8 + 0.4 * Math.random());
  countsTimer = setTimeout(
    () => {
      countsTimer = undefined;
      countsReadAt = Date.now();
      void client.invalidateQueries({ queryKey: queryKeys.counts });
    },
    Math.max(60, countsReadAt + every - Date.now()),
  );
}

/** After a lost connection, or when too much changed to tell one by one: read again what is on the screen. */
export function refetchAll(client: QueryClient): void {
  const { lists, threads } = queryKeys;
  const cache = client.getQueryCache();
  for (const query of [
    ...cache.findAll({ queryKey: lists }),
    ...cache.findAll({ queryKey: threads }),
  ]) {
    const data = query.state.data as InfiniteData<unknown> | undefined;
    if (query.isActive() || !data || data.pages.length < 2) continue;
    // What nobody looks at begins with its first page again: far-read lists would be read whole.
    query.setState({
      data: { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    });
  }
  void client.invalidateQueries({ refetchType: 'active' });
}
