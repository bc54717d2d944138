import type { QueryClient } from '@tanstack/react-query';
import type { Conversation, MediaShelf, Message } from '../../contract.ts';
import { hasAskedAbout } from './asked-about.ts';
import { rememberTold } from './last-told.ts';
import { asFound, belongs, type ListPages, patchList } from './list-pages.ts';
import { patchQueries } from './live-patches.ts';
import { patchShelf } from './media-shelf.ts';
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
    const asked = asFound(conversation, filter, data);
    const isMember = belongs(conversation, asked, getViewer(), openId, isAskedAbout);
    return patchList(data, conversation, isMember);
  });
}

/** Puts a message into its thread, and into *Mídia*, when those have been opened before. */
export function applyMessage(client: QueryClient, message: Message): void {
  patchQueries<ThreadPages>(client, queryKeys.thread(message.conversationId), (data) =>
    patchThread(data, message),
  );
  patchQueries<ThreadPages>(client, queryKeys.shelvesOf(message.conversationId), (data, key) =>
    patchShelf(data, message, key[3] as MediaShelf),
  );
}

const leastCountsEvery = 1000;
const mostCountsEvery = 5000;
/** So that all screens of a process ask together some forty times a second, however many they are. */
const countsEveryOfAScreen = 30;
const ownCountsEvery = 1000;
let countsEvery = mostCountsEvery;
let countsTimer: ReturnType<typeof setTimeout> | undefined;
let countsReadAt = 0;

/** How many screens ask as this one does. */
export function noteScreens(screens: number): void {
  const every = screens * countsEveryOfAScreen;
  countsEvery = Math.min(mostCountsEvery, Math.max(leastCountsEvery, every));
}

/**
 * A single arrival is counted at once. Under traffic every screen asks each second, or with more than some thirty of them seldomer,
 * each five seconds at the latest, no two in step; what the person did at this screen is counted within a second. The server counts once for all who ask (`count-queries.ts`).
 */
export function refreshCounts(client: QueryClient, isOwnDoing = false): void {
  if (countsTimer && !isOwnDoing) return;
  clearTimeout(countsTimer);
  const every = isOwnDoing ? ownCountsEvery : countsEvery * (0.7 + 0.3 * Math.random());
  countsTimer = setTimeout(
    () => {
      countsTimer = undefined;
      countsReadAt = Date.now();
      void client.invalidateQueries({ queryKey: queryKeys.counts });
    },
    Math.max(60, countsReadAt + every - Date.now()),
  );
}

/** Changes one message of a thread, whatever became of it meanwhile. */
export function changeMessage(
  client: QueryClient,
  { conversationId, id }: Message,
  change: (message: Message) => Message,
): void {
  patchQueries<ThreadPages>(client, queryKeys.thread(conversationId), (data) => ({
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.id === id ? change(item) : item)),
    })),
  }));
}
