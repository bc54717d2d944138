import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '#platform/web/http.ts';
import { forgetData } from '#platform/web/query-client.ts';
import type { Erasure } from '../../erasure/contract.ts';

/** Erases a person's data. What the screens hold of the contact is dropped, not read again: it is not there any more. */
export function useErasePerson(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      api.post<Erasure>(`/api/v1/contacts/${contactId}/erasure`, { confirm: 'erase' }),
    onSuccess: () => {
      const isOfThem = ({ queryKey }: { queryKey: readonly unknown[] }) =>
        queryKey.includes(contactId);
      client.removeQueries({ predicate: isOfThem, type: 'inactive' });
      // The sheet behind the dialog still stands: what it holds is emptied, or *back* would show it once more.
      for (const query of client.getQueryCache().findAll({ predicate: isOfThem })) {
        forgetData(query);
      }
      void client.invalidateQueries({
        predicate: (query) => !isOfThem(query),
      });
    },
  });
}
