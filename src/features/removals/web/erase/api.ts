import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '#platform/web/http.ts';
import type { Erasure } from '../../erasure/contract.ts';

/** Erases a person's data. What the screens hold of the contact is dropped, not read again: it is not there any more. */
export function useErasePerson(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      api.post<Erasure>(`/api/v1/contacts/${contactId}/erasure`, { confirm: 'erase' }),
    onSuccess: () => {
      client.removeQueries({
        predicate: ({ queryKey }) => queryKey.includes(contactId),
        type: 'inactive',
      });
      void client.invalidateQueries({
        predicate: ({ queryKey }) => !queryKey.includes(contactId),
      });
    },
  });
}
