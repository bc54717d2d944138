import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Page } from '#platform/web/http.ts';
import type { Contact } from '../contract.ts';

export const contactKeys = {
  all: ['contacts'] as const,
  one: (id: string) => ['contacts', 'one', id] as const,
  search: (text: string) => ['contacts', 'search', text] as const,
};

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: contactKeys.one(id),
    queryFn: ({ signal }) => api.get<Contact>(`/api/v1/contacts/${id}`, { signal }),
  });

export const useContact = (id: string) => useQuery(contactQuery(id));

/** People by a part of their name or number, blocked ones too: `isBlocked` tells. */
export const useContactSearch = (text: string, isWanted: boolean) =>
  useQuery({
    queryKey: contactKeys.search(text),
    queryFn: ({ signal }) =>
      api.get<Page<Contact>>('/api/v1/contacts', { signal, query: { search: text, limit: 100 } }),
    enabled: isWanted,
  });

/** An empty name gives back the one the person chose on WhatsApp. */
export function useRenameContact(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (givenName: string) =>
      api.patch<Contact>(`/api/v1/contacts/${id}`, {
        givenName: givenName.trim() === '' ? null : givenName.trim(),
      }),
    onSuccess: async (contact) => {
      client.setQueryData(contactKeys.one(id), contact);
      // The name stands in every list of conversations.
      await client.invalidateQueries({ queryKey: ['conversations'] });
    },
  });
}
