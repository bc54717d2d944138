import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '#platform/web/http.ts';
import { uploadFile } from '#platform/web/upload.ts';
import type { ExchangeExport, ExchangeList } from '../../exchange/contract.ts';
import { refreshAll } from '../refresh-all.ts';

const lists = '/api/v1/exchange-lists';
const exports = '/api/v1/exchange-exports';
const followEvery = 1_500;

interface Items<T> {
  items: T[];
}

export const useLists = () =>
  useQuery({
    queryKey: ['exchange', 'lists'],
    queryFn: ({ signal }) => api.get<Items<ExchangeList>>(lists, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(({ state }) => state === 'matching') ? followEvery : false,
    staleTime: 0,
  });

export const useExports = () =>
  useQuery({
    queryKey: ['exchange', 'exports'],
    queryFn: ({ signal }) => api.get<Items<ExchangeExport>>(exports, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(({ state }) => state === 'working') ? followEvery : false,
    staleTime: 0,
  });

function useExchange<V, T>(act: (given: V) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: () => void refreshAll(client) });
}

export const useAddList = () =>
  useExchange((file: File) => {
    const name = encodeURIComponent(file.name.replace(/\.[^.]+$/, '').slice(0, 120) || file.name);
    const signal = new AbortController().signal;
    return uploadFile<ExchangeList>(`${lists}?name=${name}`, file, {
      onProgress: () => {},
      signal,
    });
  });

export const useOpenList = () =>
  useExchange(({ id, key }: { id: string; key: string }) =>
    api.post<ExchangeList>(`${lists}/${id}/key`, { key }),
  );

export const useRemoveList = () =>
  useExchange((id: string) => api.delete<undefined>(`${lists}/${id}`));

export const useMakeList = () =>
  useExchange((key: string) =>
    api.post<{ export: ExchangeExport; key: string }>(exports, key === '' ? {} : { key }),
  );

export const listFileAddress = (id: string): string => `${exports}/${id}/file`;
