import { useMutation } from '@tanstack/react-query';
import { api } from '#platform/web/http.ts';
import type { IdentityTest } from '../../explain/contract.ts';

/** A question, asked anew each time: nothing of a typed number is kept. */
export const useTestIdentity = () =>
  useMutation({
    mutationFn: (identity: string) => api.post<IdentityTest>('/api/v1/blocks/test', { identity }),
    gcTime: 0,
  });
