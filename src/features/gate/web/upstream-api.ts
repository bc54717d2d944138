import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { api, type Page } from '#platform/web/http.ts';
import type { adoptDifferenceSchema, BlockDifference, BlockList } from '../contract.ts';
import type { BlockAnswer } from './api.ts';

export type Side = 'here' | 'there';
type AdoptInput = z.input<typeof adoptDifferenceSchema>;

const pathOf = (channelId: string): string => `/api/v1/channels/${channelId}/block-list`;
/** Under `gate`, so that a live event that cannot name what changed reads them again as well. */
const keys = {
  all: (channelId: string) => ['gate', 'block-list', channelId],
  one: (channelId: string) => ['gate', 'block-list', channelId, 'state'],
  side: (channelId: string, side: Side) => ['gate', 'block-list', channelId, side],
} as const;

/** @param everyMs short while something is under way */
export const useBlockList = (channelId: string, everyMs: number) =>
  useQuery({
    queryKey: keys.one(channelId),
    queryFn: ({ signal }) => api.get<BlockList>(pathOf(channelId), { signal }),
    staleTime: 0,
    refetchInterval: everyMs,
  });

export const useDifferences = (channelId: string, side: Side, isWanted: boolean) =>
  useInfiniteQuery({
    queryKey: keys.side(channelId, side),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<BlockDifference>>(`${pathOf(channelId)}/differences`, {
        query: { side, cursor: pageParam, limit: 25 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled: isWanted,
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => {
      // What is being taken off goes in a moment; far down a long list nothing is read again by itself.
      if (data?.pages.some(({ items }) => items.some(({ isRemoving }) => isRemoving))) return 1_500;
      return (data?.pages.length ?? 1) <= 2 ? 5_000 : false;
    },
  });

function useListChange<Input, Answer>(
  channelId: string,
  change: (input: Input) => Promise<Answer>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all(channelId) }),
  });
}

export const useSetBlockList = (channelId: string) =>
  useListChange(channelId, (isOn: boolean) => api.patch<BlockList>(pathOf(channelId), { isOn }));

export const useCheckBlockList = (channelId: string) =>
  useListChange(channelId, () => api.post<BlockList>(`${pathOf(channelId)}/checks`));

export const useAdopt = (channelId: string) =>
  useListChange(channelId, ({ id, ...block }: AdoptInput & { id: string }) =>
    api.post<BlockAnswer>(`/api/v1/block-differences/${id}/adoption`, block),
  );

export const useRemoveListed = (channelId: string) =>
  useListChange(channelId, (id: string) => api.delete<void>(`/api/v1/block-differences/${id}`));
