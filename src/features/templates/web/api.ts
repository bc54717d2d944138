import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { ApiProblem, api, type Page } from '#platform/web/http.ts';
import type { Template, TemplateSync } from '../contract.ts';

const keys = {
  lists: (channelId: string) => ['templates', 'list', channelId] as const,
  list: (channelId: string, search: string) => ['templates', 'list', channelId, search] as const,
  sync: (channelId: string) => ['templates', 'sync', channelId] as const,
};

const readSync = (channelId: string, signal?: AbortSignal) =>
  api.get<TemplateSync>(`/api/v1/channels/${channelId}/templates/sync`, {
    ...(signal && { signal }),
  });

export const useTemplates = (channelId: string, search: string) =>
  useInfiniteQuery({
    queryKey: keys.list(channelId, search),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Template>>('/api/v1/templates', {
        signal,
        query: { channelId, search, cursor: pageParam, limit: 50 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    ...(search !== '' && { placeholderData: keepPreviousData }),
  });

export const useTemplateSync = (channelId: string) =>
  useQuery({
    queryKey: keys.sync(channelId),
    queryFn: ({ signal }) => readSync(channelId, signal),
  });

const longestWaitMs = 20_000;
const pause = () => new Promise((resolve) => setTimeout(resolve, 600));

/** Has them read anew, and waits until that is over. */
export const useSyncNow = (channelId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const before = await api.post<TemplateSync>(`/api/v1/channels/${channelId}/templates/sync`);
      for (const until = Date.now() + longestWaitMs; Date.now() < until; ) {
        await pause();
        const now = await readSync(channelId);
        if (now.failedAt !== null && now.failedAt !== before.failedAt) {
          throw new ApiProblem(502, { code: 'templates-not-read' });
        }
        if (now.readAt !== before.readAt) return;
      }
      throw new ApiProblem(504, { code: 'templates-not-read' });
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.lists(channelId) });
      void client.invalidateQueries({ queryKey: keys.sync(channelId) });
    },
  });
};
