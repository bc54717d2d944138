import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from '#platform/web/http.ts';
import type { BlockImpact, BulkImpact, IdentityTest } from '../../explain/contract.ts';

/** A question, asked anew each time: nothing of a typed number is kept. */
export const useTestIdentity = () =>
  useMutation({
    mutationFn: (identity: string) => api.post<IdentityTest>('/api/v1/blocks/test', { identity }),
    gcTime: 0,
  });

/** As it stands when it is asked for: nothing of an earlier dialog is shown. */
const askedAnew = { staleTime: 0, gcTime: 0, retry: false } as const;

export const useBlockImpact = (contactId: string) =>
  useQuery({
    queryKey: ['gate', 'impact', contactId],
    queryFn: ({ signal }) =>
      api.get<BlockImpact>(`/api/v1/contacts/${contactId}/block-impact`, { signal }),
    ...askedAnew,
  });

/** @param contactIds as many as one request may name */
export const useBulkImpact = (contactIds: readonly string[]) =>
  useQuery({
    queryKey: ['gate', 'bulk-impact', contactIds],
    queryFn: () => api.post<BulkImpact>('/api/v1/blocks/bulk-impact', { contactIds }),
    ...askedAnew,
  });
