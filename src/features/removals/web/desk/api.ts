import {
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import { useRight } from '#features/accounts/web/index.ts';
import type { Message } from '#features/conversations/contract.ts';
import { api, type Page } from '#platform/web/http.ts';
import type {
  DecidedRemoval,
  decideNameRemovalSchema,
  decideRemovalSchema,
  RemovalComment,
  RemovalCounts,
  RemovalRequest,
  RemovalSettings,
  RevealedName,
  sameBytesSchema,
} from '../../contract.ts';
import { deskKeys as keys, refreshDesk } from './refresh-desk.ts';
import type { DeskQuery } from './removals-search.ts';

const path = '/api/v1/removal-requests';

export type DecideInput = z.input<typeof decideRemovalSchema>;
export type SameBytes = z.infer<typeof sameBytesSchema>;

/** Looks, decides; the others see their own requests. For drawing: the server asks again. */
export const useReviewsRemovals = (): boolean => useRight('removal.review');
export const useAsksRemovals = (): boolean => useRight('removal.ask');

export const useRemovalCounts = (isAllowed: boolean) =>
  useQuery({
    queryKey: keys.counts,
    queryFn: ({ signal }) => api.get<RemovalCounts>(`${path}/counts`, { signal }),
    enabled: isAllowed,
  });

/** What this person asked for: it waits, or its answer was not acknowledged. */
export const useOwnRemovals = (isAllowed: boolean) =>
  useQuery({
    queryKey: keys.own,
    queryFn: ({ signal }) => api.get<Page<RemovalRequest>>(`${path}/own`, { signal }),
    enabled: isAllowed,
    select: (page) => page.items,
  });

export const useRemovalQueue = (query: DeskQuery) =>
  useInfiniteQuery({
    queryKey: keys.listed(query),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<RemovalRequest>>(path, {
        query: { ...query, cursor: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Being carried out by jobs, whose end is told live; asked again all the same, should that be missed. */
const carriedOutEvery = 4_000;

export const useRemovalRequest = (id: string) =>
  useQuery({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get<RemovalRequest>(`${path}/${id}`, { signal }),
    refetchInterval: ({ state: { data } }) => data?.state === 'removing' && carriedOutEvery,
    staleTime: 0,
    retry: false,
  });

export const useRemovalComments = (id: string) =>
  useQuery({
    queryKey: keys.comments(id),
    queryFn: ({ signal }) => api.get<Page<RemovalComment>>(`${path}/${id}/comments`, { signal }),
    select: (page) => page.items.toSorted((one, other) => one.at.localeCompare(other.at)),
  });

/** Messages of one stretch of the conversation, in reading order. */
export type Stretch = readonly Message[];

const inOrder = (one: Message, other: Message): number =>
  one.at.localeCompare(other.at) || one.id.localeCompare(other.id);

/** What stands round the messages of a request; those that lie close together are read once. */
export const contextQuery = (id: string, messageIds: readonly string[]) =>
  queryOptions({
    queryKey: [...keys.context(id), messageIds],
    queryFn: async ({ signal }): Promise<Stretch[]> => {
      const known = new Set<string>();
      const stretches: Stretch[] = [];
      for (const messageId of messageIds) {
        if (known.has(messageId)) continue;
        const { items } = await api.get<Page<Message>>(`${path}/${id}/context`, {
          query: { messageId },
          signal,
        });
        const fresh = items.filter((message) => !known.has(message.id));
        for (const message of fresh) known.add(message.id);
        stretches.push(fresh.toSorted(inOrder));
      }
      return stretches.toSorted((one, other) =>
        (one[0]?.at ?? '').localeCompare(other[0]?.at ?? ''),
      );
    },
  });

export const useSameBytes = (id: string, messageId: string, isWanted: boolean) =>
  useQuery({
    queryKey: keys.sameBytes(id, messageId),
    queryFn: ({ signal }) =>
      api.get<Page<SameBytes>>(`${path}/${id}/items/${messageId}/same-bytes`, { signal }),
    enabled: isWanted,
    select: (page) => page.items,
  });

/**
 * What is under a cover. No query and no mutation: both keep what they were answered, and this is kept by the one box
 * that shows it alone.
 */
export const revealItem = (id: string, messageId: string): Promise<Message> =>
  api.post<Message>(`${path}/${id}/items/${messageId}/reveal`);

/** What a contact is called under the cover; kept by the one box that shows it, as `revealItem`. */
export const revealName = (id: string): Promise<RevealedName> =>
  api.post<RevealedName>(`${path}/${id}/name/reveal`);

/** Somebody else may have been quicker: what is shown is read again either way. */
function useOnRequest<I, A extends RemovalRequest>(mutationFn: (input: I) => Promise<A>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (request) => client.setQueryData(keys.one(request.id), request),
    onSettled: () => void refreshDesk(client),
  });
}

export const useDecideRemoval = (id: string) =>
  useOnRequest((decision: DecideInput) =>
    api.post<DecidedRemoval>(`${path}/${id}/decisions`, decision),
  );

export const useDecideName = (id: string) =>
  useOnRequest((decision: z.input<typeof decideNameRemovalSchema>) =>
    api.post<DecidedRemoval>(`${path}/${id}/name/decision`, decision),
  );

export const useAssignRemoval = (id: string) =>
  useOnRequest((assigneeId: string | null) =>
    api.put<RemovalRequest>(`${path}/${id}/assignee`, { assigneeId }),
  );

export const useRetryRemoval = (id: string) =>
  useOnRequest(() => api.post<RemovalRequest>(`${path}/${id}/retry`));

/** What Guarita took for something removed is not the same: it is kept, and its fingerprint matches nothing any more. */
export const useRejectRepeat = (id: string) =>
  useOnRequest((messageId: string) =>
    api.post<RemovalRequest>(`${path}/${id}/items/${messageId}/not-the-same`),
  );

export function useCommentRemoval(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => api.post(`${path}/${id}/comments`, { text }),
    onSettled: () => void refreshDesk(client),
  });
}

/** The asker has read what was decided. It leaves their list with the next reading, not under their eyes. */
export function useAcknowledgeRemoval() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post(`${path}/${id}/acknowledge`),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.own }),
  });
}

export const useRemovalSettings = () =>
  useQuery({
    queryKey: keys.settings,
    queryFn: ({ signal }) => api.get<RemovalSettings>('/api/v1/settings/removals', { signal }),
  });

export function useSaveRemovalSettings(onSaved: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: RemovalSettings) =>
      api.put<RemovalSettings>('/api/v1/settings/removals', settings),
    onSuccess: (saved) => {
      client.setQueryData(keys.settings, saved);
      onSaved();
    },
  });
}
