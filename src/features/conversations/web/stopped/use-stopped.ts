import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { bulkLimit } from '#features/gate/web/index.ts';
import { api, type Page } from '#platform/web/http.ts';
import type { Message } from '../../contract.ts';
import type { StoppedConversation } from '../../stopped/contract.ts';
import { queryKeys } from '../data/query-keys.ts';

/** What a block of this contact stopped and nobody has decided of. Live events tell when to ask again. */
export const useStopped = (contactId: string) =>
  useQuery({
    queryKey: queryKeys.stopped(contactId),
    queryFn: async ({ signal }) => {
      const path = `/api/v1/contacts/${contactId}/stopped-messages`;
      return (await api.get<Page<Message>>(path, { signal })).items;
    },
    staleTime: 60_000,
  });

const readStoppedOfMany = async (contactIds: readonly string[]): Promise<StoppedConversation[]> => {
  const all: StoppedConversation[] = [];
  for (let start = 0; start < contactIds.length; start += bulkLimit) {
    const part = { contactIds: contactIds.slice(start, start + bulkLimit) };
    all.push(
      ...(await api.post<Page<StoppedConversation>>('/api/v1/blocks/bulk-stopped', part)).items,
    );
  }
  return all;
};

/** The same of many contacts, by conversation. */
export const useStoppedOfMany = (contactIds: readonly string[]) =>
  useQuery({
    queryKey: [...queryKeys.stoppedOfMany, contactIds],
    queryFn: () => readStoppedOfMany(contactIds),
    staleTime: 0,
  });

/** Decides of one; whatever came of it, the list is read again. */
export function useDecideStopped(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, verb }: { id: string; verb: 'send' | 'discard' }) =>
      api.post<Message>(`/api/v1/messages/${id}/${verb}-stopped`),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.stopped(contactId) }),
        client.invalidateQueries({ queryKey: queryKeys.stoppedOfMany }),
      ]),
  });
}
