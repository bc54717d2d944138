import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { api } from '#platform/web/http.ts';
import { onConnect, onLiveEvent } from '#platform/web/live.ts';
import type { ChannelList } from '../../channels/contract.ts';
import type { Changes, Message } from '../../contract.ts';
import { keepNotificationsTrue, recheckNotifications } from '../notifications/follow.ts';
import { applyConversation, applyMessage, noteScreens, refreshCounts } from './apply-changes.ts';
import { noteTold } from './ask-about-message.ts';
import { forgetBubbles } from './bubble-keys.ts';
import { markFresh } from './fresh.ts';
import { keepBack } from './held-messages.ts';
import { lastTold } from './last-told.ts';
import type { ListPages } from './list-pages.ts';
import { forgetLocalFilesOf } from './local-files.ts';
import { isOutgoing } from './outgoing.ts';
import { queryKeys } from './query-keys.ts';
import { refetchAll } from './refetch-all.ts';
import { isRevealed } from './revealed.ts';
import { outgoingAtRest, resumeOutgoing, wakeOutgoing } from './send-text.ts';
import type { ThreadPages } from './thread-pages.ts';
import { followWithheld } from './withhold.ts';

/** Told of each message that has just come from a person. */
export type OnArrival = (message: Message, changes: Changes) => void;

const isInThread = (client: QueryClient, message: Message): boolean =>
  Boolean(
    client
      .getQueryData<ThreadPages>(queryKeys.thread(message.conversationId))
      ?.pages.some((page) => page.items.some(({ id }) => id === message.id)),
  );

const isListed = (client: QueryClient, id: string): boolean =>
  client
    .getQueriesData<ListPages>({ queryKey: queryKeys.lists })
    .some(([, data]) => data?.pages.some((page) => page.items.some((item) => item.id === id)));

/** What this person has asked to see has changed: the event, which is for all, does not say into what. */
async function readRevealed(client: QueryClient, { id, media, editedAt }: Message): Promise<void> {
  if (!media?.isWithheld || editedAt === null || !isRevealed(id)) return;
  const message = await api.get<Message>(`/api/v1/messages/${id}`).catch(() => null);
  if (message) applyMessage(client, message);
}

function applyToThread(
  client: QueryClient,
  message: Message,
  changes: Changes,
  onArrival: OnArrival,
): void {
  if (message.direction === 'in') onArrival(message, changes);
  const isKnown = isInThread(client, message);
  if (keepBack(message, isKnown)) return;
  if (!isKnown) markFresh(message.id);
  noteTold(message);
  applyMessage(client, message);
  if (isKnown) void readRevealed(client, message);
}

/** Somebody has connected one more number of ours: a screen that knew of one alone has to tell them apart now. */
function noteNumbers(client: QueryClient, { conversations }: Changes): void {
  const known = client.getQueryData<ChannelList>(queryKeys.channels)?.items;
  if (known && conversations.some(({ channel }) => !known.some(({ id }) => id === channel.id))) {
    void client.invalidateQueries({ queryKey: queryKeys.channels });
  }
}

function apply(client: QueryClient, changes: Changes, onArrival: OnArrival): void {
  for (const conversation of changes.conversations) {
    if (!lastTold(conversation.id) && !isListed(client, conversation.id)) {
      markFresh(conversation.id);
    }
    applyConversation(client, conversation);
  }
  for (const message of changes.messages) applyToThread(client, message, changes, onArrival);
  followWithheld(client, changes.messages);
  noteNumbers(client, changes);
  keepNotificationsTrue(changes.conversations);
  for (const id of changes.contactIds) {
    void client.invalidateQueries({ queryKey: queryKeys.stopped(id) });
  }
  if (changes.contactIds.length > 0) {
    void client.invalidateQueries({ queryKey: queryKeys.stoppedOfMany });
  }
  if (changes.screens !== undefined) noteScreens(changes.screens);
  if (changes.conversations.length > 0) refreshCounts(client);
}

/** What waited to leave goes first: read before it, the thread would show it twice for a moment. */
async function comeBack(client: QueryClient, ofOthers: readonly QueryKey[]): Promise<void> {
  recheckNotifications();
  resumeOutgoing(client);
  await outgoingAtRest(1500);
  await refetchAll(client, ofOthers);
}

/**
 * Plugs this feature into the socket; what was missed while it was away is read again.
 * @param ofOthers what other features keep of people, forgotten with it where no screen shows it
 */
export function followConversations(
  client: QueryClient,
  onArrival: OnArrival,
  ofOthers: readonly QueryKey[],
): () => void {
  const stops = [
    onLiveEvent<Changes>('changes', (changes) => {
      apply(client, changes, onArrival);
      if (!changes.refetch) return;
      recheckNotifications();
      void refetchAll(client, ofOthers);
    }),
    onConnect(() => void comeBack(client, ofOthers)),
    client.getQueryCache().subscribe(({ type, query: { queryKey } }) => {
      const [feature, kind, id] = queryKey;
      if (type !== 'removed' || feature !== 'conversations' || kind !== 'thread') return;
      forgetLocalFilesOf(String(id), isOutgoing);
      forgetBubbles(String(id));
    }),
  ];
  window.addEventListener('online', wakeOutgoing);
  resumeOutgoing(client);
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('online', wakeOutgoing);
  };
}
