import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from '#platform/web/http.ts';
import type {
  askedRemovalSchema,
  askNameRemovalSchema,
  askRemovalSchema,
  DecidedRemoval,
  RemovalRequest,
  removeAtSightSchema,
  removeNameAtSightSchema,
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

/** Asks for what a contact is called to go; the masked number stands for it when this answers. */
export function useAskNameRemoval(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof askNameRemovalSchema>) =>
      api.post<RemovalRequest>(`/api/v1/contacts/${contactId}/name-removal-requests`, body),
    onSuccess: () => readNamesAnew(client),
  });
}

/** The name stands in every list; the event tells the other screens. */
const readNamesAnew = (client: QueryClient): void => {
  for (const queryKey of [removalKeys.all, ['contacts'], ['conversations'], ['gate']]) {
    void client.invalidateQueries({ queryKey });
  }
};

/** The same, asked and decided in one step. */
export function useRemoveNameAtSight(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof removeNameAtSightSchema>) =>
      api.post<DecidedRemoval>(`/api/v1/contacts/${contactId}/name-removals`, body),
    onSuccess: () => readNamesAnew(client),
  });
}

/** Asks and decides in one step. */
export function useRemoveAtSight() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof removeAtSightSchema>) =>
      // With a block in the same step, what was on its way to that person and may have reached them.
      api.post<DecidedRemoval>('/api/v1/messages/removals', body),
    onSuccess: () => void client.invalidateQueries({ queryKey: removalKeys.all }),
  });
}
