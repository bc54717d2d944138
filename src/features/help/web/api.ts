import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Page } from '#platform/web/http.ts';
import type { AnswerHelp, HelpAnswer, HelpCount } from '../contract.ts';

const path = '/api/v1/help-answers';

export const useAnswerArticle = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (answer: AnswerHelp) => api.put<null>(path, answer),
    onSuccess: () => client.invalidateQueries({ queryKey: ['help'] }),
  });
};

export const useHelpAnswers = () =>
  useInfiniteQuery({
    queryKey: ['help', 'answers'],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<HelpAnswer>>(path, { query: { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 0,
  });

export const useHelpCounts = () =>
  useQuery({
    queryKey: ['help', 'counts'],
    queryFn: ({ signal }) => api.get<Page<HelpCount>>(`${path}/counts`, { signal }),
    staleTime: 0,
  });

export const useClearAnswer = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete<null>(`${path}/${id}/words`),
    // Gone by another hand as well: what stands on the screen is not so any more.
    onSettled: () => client.invalidateQueries({ queryKey: ['help', 'answers'] }),
  });
};
