import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRight } from '#features/accounts/web/index.ts';
import { api, type Page } from '#platform/web/http.ts';
import type { Contact, MergedContact } from '../../contract.ts';
import type {
  ConflictOutcome,
  ContactFacts,
  DecidedConflict,
  IdentityConflict,
} from '../../people/contract.ts';
import { contactKeys } from '../api.ts';

/** All under `contacts`: a live event about any contact reads them again. */
export const peopleKeys = {
  list: [...contactKeys.all, 'list'],
  facts: (id: string) => [...contactKeys.all, 'facts', id],
  conflicts: (state: string) => [...contactKeys.all, 'conflicts', state],
  counts: [...contactKeys.all, 'conflicts', 'counts'],
} as const;

export interface PeopleQuery {
  search: string;
  sort: 'newest' | 'name';
  blocked: 'without' | 'only';
}

export const usePeople = (query: PeopleQuery) =>
  useInfiniteQuery({
    queryKey: [...peopleKeys.list, query],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Contact>>('/api/v1/contacts', {
        signal,
        query: { ...query, search: query.search || null, cursor: pageParam, limit: 50 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: (before) => before,
  });

export const useFacts = (id: string | null) =>
  useQuery({
    queryKey: peopleKeys.facts(id ?? ''),
    queryFn: ({ signal }) => api.get<ContactFacts>(`/api/v1/contacts/${id}/facts`, { signal }),
    enabled: id !== null,
  });

/** Moderators and administrators see conflicts; administrators decide, merge and split. */
export const useSeesConflicts = (): boolean => useRight('conflict.read');
export const useArrangesPeople = (): boolean => useRight('contact.merge');

export const useConflictCount = (): number => {
  const isAllowed = useSeesConflicts();
  const { data } = useQuery({
    queryKey: peopleKeys.counts,
    queryFn: ({ signal }) =>
      api.get<{ open: number }>('/api/v1/identity-conflicts/counts', { signal }),
    enabled: isAllowed,
  });
  return data?.open ?? 0;
};

export const useConflicts = (state: 'open' | 'decided') =>
  useInfiniteQuery({
    queryKey: peopleKeys.conflicts(state),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<IdentityConflict>>('/api/v1/identity-conflicts', {
        signal,
        query: { state, cursor: pageParam, limit: 25 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

/** Somebody else may have done it meanwhile: what is shown is read again either way. */
const useRefreshAfter = () => {
  const client = useQueryClient();
  return () => {
    // Conversations went from one to the other: what was read before leads nowhere, not even for a moment.
    client.removeQueries({ queryKey: [...contactKeys.all, 'facts'], type: 'inactive' });
    void client.invalidateQueries({ queryKey: contactKeys.all });
    void client.invalidateQueries({ queryKey: ['conversations'] });
    void client.invalidateQueries({ queryKey: ['gate'] });
  };
};

export function useMerge() {
  const refresh = useRefreshAfter();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; otherContactId: string; keepBlock: boolean }) =>
      api.post<MergedContact>(`/api/v1/contacts/${id}/merge`, body),
    onSettled: refresh,
  });
}

export function useSplit() {
  const refresh = useRefreshAfter();
  return useMutation({
    mutationFn: ({
      id,
      ...body
    }: {
      id: string;
      identityIds: string[];
      keepBlock: boolean;
      givenName?: string;
    }) => api.post<Contact>(`/api/v1/contacts/${id}/split`, body),
    onSettled: refresh,
  });
}

export function useDecide() {
  const refresh = useRefreshAfter();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; outcome: ConflictOutcome; keepBlock: boolean }) =>
      api.post<DecidedConflict>(`/api/v1/identity-conflicts/${id}/decision`, body),
    onSettled: refresh,
  });
}
