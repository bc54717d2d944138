import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, type Page } from '#platform/web/http.ts';
import type { ChannelList } from '../../channels/contract.ts';
import type { Conversation, MediaShelf, Message } from '../../contract.ts';
import { setDraft } from './drafts.ts';
import { forgetTold } from './last-told.ts';
import { type ListFilter, queryKeys } from './query-keys.ts';

/** How many wait under each tab. */
export interface Counts {
  mine: { open: number; unread: number };
  queue: { open: number; unread: number };
  all: { open: number; unread: number };
  /** Whose block this person asked for. */
  blockRequested: { open: number };
}

const pageSize = 50;

export const listQuery = (filter: ListFilter) =>
  infiniteQueryOptions({
    queryKey: queryKeys.list(filter),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Conversation>>('/api/v1/conversations', {
        signal,
        query: {
          view: filter.view,
          search: filter.search,
          unread: filter.unread ? 'true' : undefined,
          channelId: filter.channelId ?? undefined,
          cursor: pageParam,
          limit: pageSize,
        },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** While a search is typed the rows of the search before stay, so that nothing blinks. */
export const useConversationList = (filter: ListFilter, isWanted = true) =>
  useInfiniteQuery({
    ...listQuery(filter),
    enabled: isWanted,
    ...(filter.search !== '' && { placeholderData: keepPreviousData }),
  });

export const threadQuery = (conversationId: string) =>
  infiniteQueryOptions({
    queryKey: queryKeys.thread(conversationId),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Message>>(`/api/v1/conversations/${conversationId}/messages`, {
        signal,
        query: { cursor: pageParam, limit: pageSize },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

const shelfSize = 24;

export const shelfQuery = (conversationId: string, shelf: MediaShelf) =>
  infiniteQueryOptions({
    queryKey: queryKeys.shelf(conversationId, shelf),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Message>>(`/api/v1/conversations/${conversationId}/media`, {
        signal,
        query: { shelf, cursor: pageParam, limit: shelfSize },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** A message as its thread shows it now, which may be another than when it was chosen: edited, or covered. */
export const useCurrentMessage = (message: Message): Message => {
  const { data } = useInfiniteQuery({ ...threadQuery(message.conversationId), enabled: false });
  for (const page of data?.pages ?? []) {
    const found = page.items.find(({ id }) => id === message.id);
    if (found) return found;
  }
  return message;
};

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.one(id),
    queryFn: ({ signal }) => api.get<Conversation>(`/api/v1/conversations/${id}`, { signal }),
  });

export const useConversation = (id: string, isWanted = true) =>
  useQuery({ ...conversationQuery(id), enabled: isWanted });

/** A conversation that is not there any more: nothing of what was said in it stays in the browser. */
export function useForgetGone(id: string, isGone: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!isGone) return;
    // The conversation itself is emptied with the answer that it is gone (`forgetGone`).
    client.removeQueries({ queryKey: queryKeys.thread(id) });
    client.removeQueries({ queryKey: queryKeys.shelvesOf(id) });
    setDraft(id, { text: '', replyTo: null });
    forgetTold(id);
  }, [client, id, isGone]);
}

const countsQuery = (channelId: string | null) =>
  queryOptions({
    queryKey: queryKeys.countsOf(channelId),
    queryFn: ({ signal }) =>
      api.get<Counts>('/api/v1/conversations/counts', {
        signal,
        query: { channelId: channelId ?? undefined },
      }),
  });

/** @param channelId of one number of ours; null: of all */
export const useConversationCounts = (channelId: string | null = null) =>
  useQuery(countsQuery(channelId));

export const useChannels = (isWanted: boolean) =>
  useQuery({
    queryKey: queryKeys.channels,
    queryFn: ({ signal }) => api.get<ChannelList>('/api/v1/channels', { signal }),
    enabled: isWanted,
    staleTime: 10 * 60_000,
  });
