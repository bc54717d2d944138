import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from '#platform/web/http.ts';
import type {
  askedRemovalSchema,
  askRemovalSchema,
  RemovalRequest,
  removeAtSightSchema,
} from '../../contract.ts';
import { removalKeys } from '../removal-keys.ts';

type Asked = z.infer<typeof askedRemovalSchema>;

/** Asks for the removal of messages of one conversation; they are covered when this answers. */
export function useAskRemoval() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof askRemovalSchema>) =>
      api.post<Asked>('/api/v1/messages/removal-requests', body),
    onSuccess: () => void client.invalidateQueries({ queryKey: removalKeys.all }),
  });
}

/** Asks and decides in one step. */
export function useRemoveAtSight() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof removeAtSightSchema>) =>
      api.post<RemovalRequest>('/api/v1/messages/removals', body),
    onSuccess: () => void client.invalidateQueries({ queryKey: removalKeys.all }),
  });
}
