import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Page } from '#platform/web/http.ts';
import type { Block } from '../../contract.ts';
import type {
  BlockCounts,
  Blockers,
  BlockQuery,
  BlockReviewSettings,
  BlockState,
} from '../../list/contract.ts';
import { refreshAll } from '../refresh-all.ts';

export const blocksPath = '/api/v1/blocks';
/** All under `gate list`: a live event about any contact reads them again. */
const keys = {
  list: (query: BlockQuery) => ['gate', 'list', 'blocks', query],
  counts: ['gate', 'list', 'counts'],
  starters: (state: BlockState) => ['gate', 'list', 'starters', state],
  history: (contactId: string) => ['gate', 'list', 'history', contactId],
  settings: ['gate', 'review-settings'],
} as const;

/** Attempts are counted silently, without a live event: what shows them asks again by itself while it is looked at. */
const attemptsEvery = 10_000;

/** Whoever was erased has no name; what stands for it is in the reader's language. */
export const useNamed = (): ((block: Block) => Block) => {
  const { t } = useTranslation('gate');
  return (block) => (block.isContactErased ? { ...block, contactName: t('list.erased') } : block);
};

export const useBlocks = (query: BlockQuery) => {
  const named = useNamed();
  return useInfiniteQuery({
    queryKey: keys.list(query),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Block>>(blocksPath, {
        query: { ...query, cursor: pageParam } as Record<string, string | number | null>,
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
    // Far down a long list every page would be read again each time; new attempts can wait there.
    refetchInterval: ({ state: { data } }) =>
      (data?.pages.length ?? 1) <= 2 ? attemptsEvery : false,
    select: (data) => ({
      ...data,
      pages: data.pages.map((page) => ({ ...page, items: page.items.map(named) })),
    }),
  });
};

export const useBlockCounts = (isAllowed: boolean) =>
  useQuery({
    queryKey: keys.counts,
    queryFn: ({ signal }) => api.get<BlockCounts>(`${blocksPath}/counts`, { signal }),
    enabled: isAllowed,
  });

/** Who can be chosen in such a list. */
export const useBlockers = (state: BlockState) =>
  useQuery({
    queryKey: keys.starters(state),
    queryFn: ({ signal }) =>
      api.get<Blockers>(`${blocksPath}/starters`, { query: { state }, signal }),
    select: ({ items }) => items,
  });

/** The newest blocks of one contact, and whether there are more. */
export const useBlockHistory = (contactId: string) => {
  const named = useNamed();
  return useQuery({
    queryKey: keys.history(contactId),
    queryFn: ({ signal }) =>
      api.get<Page<Block>>(blocksPath, { query: { state: 'all', contactId, limit: 100 }, signal }),
    select: ({ items, nextCursor }) => ({ items: items.map(named), hasMore: nextCursor !== null }),
    refetchInterval: ({ state: { data } }) =>
      data?.items[0]?.upstream.some(({ state }) => state === 'pending') ? 1_500 : attemptsEvery,
    staleTime: 0,
  });
};

export function useReviewBlock() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (contactId: string) => api.post(`/api/v1/contacts/${contactId}/block/review`),
    onSettled: () => void refreshAll(client),
  });
}

export const useReviewSettings = () =>
  useQuery({
    queryKey: keys.settings,
    queryFn: ({ signal }) => api.get<BlockReviewSettings>(`${blocksPath}/settings`, { signal }),
  });

export function useSaveReviewSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: BlockReviewSettings) =>
      api.put<BlockReviewSettings>(`${blocksPath}/settings`, settings),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['gate'] }),
  });
}
