import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { api, type Page } from '#platform/web/http.ts';
import type {
  approveBlockRequestSchema,
  approvedBlockRequestSchema,
  BlockRequest,
  BlockRequestCounts,
  BlockRequestSettings,
  requestBlockSchema,
} from '../../requests/contract.ts';
import { refreshAll } from '../refresh-all.ts';

const path = '/api/v1/block-requests';

export type ListedState = 'open' | 'decided';

/** All under `gate`: a live event about any contact reads them again. */
const keys = {
  all: ['gate', 'requests'],
  own: ['gate', 'requests', 'own'],
  listed: (state: ListedState) => ['gate', 'requests', state],
  of: (contactId: string) => ['gate', 'requests', 'of', contactId],
  counts: ['gate', 'requests', 'counts'],
  settings: ['gate', 'request-settings'],
} as const;
export const requestKeys = keys;

/** What this person asked for: it waits, or its answer was not acknowledged. */
export const useOwnRequests = (isAllowed: boolean) =>
  useQuery({
    queryKey: keys.own,
    queryFn: ({ signal }) => api.get<Page<BlockRequest>>(`${path}/own`, { signal }),
    enabled: isAllowed,
    select: (page) => page.items,
  });

export const useRequestCounts = (isAllowed: boolean) =>
  useQuery({
    queryKey: keys.counts,
    queryFn: ({ signal }) => api.get<BlockRequestCounts>(`${path}/counts`, { signal }),
    enabled: isAllowed,
  });

/** The open request of one contact, for whoever decides. */
export const useOpenRequestOf = (contactId: string, isAllowed: boolean) =>
  useQuery({
    queryKey: keys.of(contactId),
    queryFn: ({ signal }) =>
      api.get<Page<BlockRequest>>(path, { query: { contactId, limit: 1 }, signal }),
    enabled: isAllowed,
    select: (page) => page.items[0],
  });

/** As the server orders them: open ones in turn, decided ones the newest first. */
export const useRequests = (state: ListedState) =>
  useInfiniteQuery({
    queryKey: keys.listed(state),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<BlockRequest>>(path, {
        query: { state, cursor: pageParam, limit: 100 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });

export function useRequestBlock() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      contactId,
      ...words
    }: z.input<typeof requestBlockSchema> & { contactId: string }) =>
      api.post<BlockRequest>(`/api/v1/contacts/${contactId}/block-requests`, words),
    onSuccess: () => void refreshAll(client),
  });
}

export function useApproveRequest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...block }: z.input<typeof approveBlockRequestSchema> & { id: string }) =>
      api.post<z.infer<typeof approvedBlockRequestSchema>>(`${path}/${id}/approve`, block),
    // Somebody else may have decided meanwhile: what is shown is read again either way.
    onSettled: () => void refreshAll(client),
  });
}

export function useRefuseRequest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, answer }: { id: string; answer: string }) =>
      api.post<BlockRequest>(`${path}/${id}/refuse`, answer === '' ? {} : { answer }),
    onSettled: () => void refreshAll(client),
  });
}

export function useAcknowledgeRequest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post(`${path}/${id}/acknowledge`),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.own }),
  });
}

export const useRequestSettings = () =>
  useQuery({
    queryKey: keys.settings,
    queryFn: ({ signal }) => api.get<BlockRequestSettings>(`${path}/settings`, { signal }),
  });

export function useSaveRequestSettings(onSaved: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: BlockRequestSettings) =>
      api.put<BlockRequestSettings>(`${path}/settings`, settings),
    onSuccess: (saved) => {
      client.setQueryData(keys.settings, saved);
      onSaved();
    },
  });
}
