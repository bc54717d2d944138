import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api, type Page } from '#platform/web/http.ts';
import type {
  BlockImport,
  BlockImportRow,
  BlockImportUndoPreview,
  RowPlan,
  RowResult,
} from '../../imports/contract.ts';
import { refreshAll } from '../refresh-all.ts';

const root = '/api/v1/block-imports';

/** Beside the blocks, which a live event refreshes: an import tells of itself when it is asked. */
const keys = {
  all: ['block-imports'],
  list: ['block-imports', 'list'],
  one: (id: string) => ['block-imports', 'one', id],
  rows: (id: string, state: string, filter: RowsFilter) => [
    'block-imports',
    'rows',
    id,
    state,
    filter,
  ],
  undo: (id: string, endedAt: string | null) => ['block-imports', 'undo', id, endedAt],
} as const;

export interface RowsFilter {
  plan?: RowPlan;
  result?: RowResult;
}

/** While it is under way the screen asks every second. */
const followEvery = 1_000;

const isUnderWay = (of: BlockImport | undefined): boolean =>
  of?.state === 'applying' || of?.undo?.state === 'running';

export const useImport = (id: string) =>
  useQuery({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get<BlockImport>(`${root}/${id}`, { signal }),
    refetchInterval: ({ state: { data } }) => (isUnderWay(data) ? followEvery : false),
    staleTime: 0,
  });

export const useImports = () =>
  useInfiniteQuery({
    queryKey: keys.list,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<BlockImport>>(root, { query: { cursor: pageParam, limit: 20 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });

export const useRows = ({ id, state }: BlockImport, filter: RowsFilter) =>
  useInfiniteQuery({
    queryKey: keys.rows(id, state, filter),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<BlockImportRow>>(`${root}/${id}/rows`, {
        query: { ...filter, cursor: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** What undoing it would do, by what holds now: asked again by whoever draws it. */
export const useUndoPreview = ({ id, undo }: BlockImport) =>
  useQuery({
    queryKey: keys.undo(id, undo?.endedAt ?? null),
    queryFn: ({ signal }) => api.get<BlockImportUndoPreview>(`${root}/${id}/undo`, { signal }),
    staleTime: 0,
  });

export function useRunImport(act: 'apply' | 'cancel' | 'undo') {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<BlockImport>(`${root}/${id}/${act}`),
    onSuccess: (now) => {
      client.setQueryData(keys.one(now.id), now);
      void refreshAll(client);
    },
  });
}

export const uploadAddress = (fileName: string): string =>
  `${root}?fileName=${encodeURIComponent(fileName.slice(-200))}`;

export const exportAddress = (state: string, language: string): string =>
  `/api/v1/blocks/export?state=${state}&language=${language}`;
