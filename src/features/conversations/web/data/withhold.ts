import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Page } from '#platform/web/http.ts';
import type { Conversation, Message } from '../../contract.ts';
import { takeBackNotifications } from '../notifications/follow.ts';
import { bubbleKey } from './bubble-keys.ts';
import { withholdDrafts } from './drafts.ts';
import { changeTold } from './last-told.ts';
import type { ListPages } from './list-pages.ts';
import { patchQueries } from './live-patches.ts';
import { forgetLocalFile } from './local-files.ts';
import { withholdOutgoing } from './outgoing.ts';
import { queryKeys } from './query-keys.ts';
import type { ThreadPages } from './thread-pages.ts';
import {
  dropFound,
  type FoundPages,
  restoreInList,
  restoreLast,
  type WithheldIds,
  withholdInList,
  withholdInThread,
  withholdLast,
  withholdMessages,
} from './withheld.ts';

/**
 * Takes what these messages said out of everything that this browser keeps: threads, lists, searches, what was stopped,
 * what is being written, the desktop. Each place with the text of a message is named here.
 */
export function withhold(client: QueryClient, ids: WithheldIds): void {
  if (ids.size === 0) return;
  patchQueries<ThreadPages>(client, queryKeys.threads, (data) => withholdInThread(data, ids));
  patchQueries<ThreadPages>(client, queryKeys.shelves, (data) => withholdInThread(data, ids));
  patchQueries<ListPages>(client, queryKeys.lists, (data) => withholdInList(data, ids));
  patchQueries<Conversation>(client, queryKeys.ones, (data) => withholdLast(data, ids));
  patchQueries<FoundPages>(client, queryKeys.foundAll, (data) => dropFound(data, ids));
  patchQueries<Message[]>(client, queryKeys.stoppedAll, (data) => withholdMessages(data, ids));
  patchQueries<Page<Message>>(client, queryKeys.ofRequests, (data) => {
    const items = withholdMessages(data.items, ids);
    return items === data.items ? data : { ...data, items };
  });
  changeTold((conversation) => withholdLast(conversation, ids));
  for (const id of ids.keys()) forgetLocalFile(bubbleKey(id));
  withholdDrafts(ids);
  withholdOutgoing(ids);
  takeBackNotifications(new Set(ids.keys()));
}

const isCoveredInList = (client: QueryClient, { id }: Message): boolean =>
  client
    .getQueriesData<ListPages>({ queryKey: queryKeys.lists })
    .some(([, data]) =>
      data?.pages.some((page) =>
        page.items.some(({ lastMessage: last }) => last?.id === id && last.withheld !== null),
      ),
    );

/** Follows what live events tell of messages that are withheld from now on, or no longer. Their threads are patched elsewhere. */
export function followWithheld(client: QueryClient, messages: readonly Message[]): void {
  const ids = new Map(
    messages.flatMap(({ id, withheld }) => (withheld ? [[id, withheld] as const] : [])),
  );
  withhold(client, ids);
  for (const message of messages) {
    if (message.withheld || !isCoveredInList(client, message)) continue;
    patchQueries<ListPages>(client, queryKeys.lists, (data) => restoreInList(data, message));
    patchQueries<Conversation>(client, queryKeys.one(message.conversationId), (data) =>
      restoreLast(data, message),
    );
  }
  // A search reads again what it may say.
  if (ids.size > 0) void client.invalidateQueries({ queryKey: queryKeys.foundAll });
}

/** Covers messages at this screen at once, without waiting for the event that tells of it. */
export function useCoverHere(): (messageIds: readonly string[]) => void {
  const client = useQueryClient();
  return useCallback(
    (messageIds) => withhold(client, new Map(messageIds.map((id) => [id, 'covered']))),
    [client],
  );
}
