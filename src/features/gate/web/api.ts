import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { api, isProblem } from '#platform/web/http.ts';
import type {
  ActiveBlock,
  blockAnswerSchema,
  blockContactSchema,
  putBlockSchema,
  unblockAnswerSchema,
} from '../contract.ts';
import { refreshAll } from './refresh-all.ts';
import { type ContactChanges, refreshRequests } from './requests/refresh-requests.ts';

export type BlockInput = z.input<typeof blockContactSchema>;
export type PutBlockInput = z.input<typeof putBlockSchema>;
export type BlockAnswer = z.infer<typeof blockAnswerSchema>;
export type UnblockAnswer = z.infer<typeof unblockAnswerSchema>;

const keys = {
  all: ['gate'],
  active: (contactId: string) => ['gate', 'active', contactId],
} as const;

/** All that this feature keeps of people: forgotten after a gap where no screen shows it. */
export const gateQueries = [keys.all, ['block-imports']] as const;

/** Attempts are counted silently, without a live event: what shows them asks again by itself while it is looked at. */
const attemptsEvery = 10_000;
/** Being asked of WhatsApp: told a moment later, perhaps while the first answer was on its way. */
const pendingEvery = 1_500;

const isPending = ({ block, stillListed }: ActiveBlock): boolean =>
  block?.upstream.some(({ state }) => state === 'pending') === true ||
  stillListed.some(({ isRemoving }) => isRemoving);

/** Of somebody who is neither blocked nor on a list of WhatsApp's nothing changes without a live event. */
const everyMs = (active: ActiveBlock | undefined): number | false => {
  if (active === undefined) return attemptsEvery;
  if (active.block === null && active.stillListed.length === 0) return false;
  return isPending(active) ? pendingEvery : attemptsEvery;
};

/**
 * The active block of a contact with its attempts, or that it is on a list of WhatsApp's without one. Agents may not know it, so
 * for them nothing is asked.
 */
export const useActiveBlock = (contactId: string, isAllowed: boolean) =>
  useQuery({
    queryKey: keys.active(contactId),
    queryFn: ({ signal }) =>
      api.get<ActiveBlock>(`/api/v1/contacts/${contactId}/block`, { signal }),
    enabled: isAllowed,
    refetchInterval: ({ state: { data } }) => everyMs(data),
    staleTime: 0,
  });

export function useBlockContact() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ contactId, ...input }: PutBlockInput & { contactId: string }) =>
      api.put<BlockAnswer>(`/api/v1/contacts/${contactId}/block`, input),
    onSuccess: () => void refreshAll(client),
    onError: (error) => {
      // What is on the screen says that it still holds.
      if (isProblem(error, 'block-changed')) void refreshAll(client);
    },
  });
}

export function useUnblockContact() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ contactId, blockId }: { contactId: string; blockId?: string }) =>
      api.delete<UnblockAnswer>(`/api/v1/contacts/${contactId}/block`, { query: { blockId } }),
    onSuccess: () => void refreshAll(client),
  });
}

/** What a live event refreshes here. */
export async function refreshGate(
  client: QueryClient,
  changes: ContactChanges & { refetch: boolean },
): Promise<void> {
  if (changes.refetch) return client.invalidateQueries({ queryKey: keys.all });
  if (changes.contactIds.length === 0) return;
  await Promise.all([
    client.invalidateQueries({ queryKey: ['gate', 'list'] }),
    refreshRequests(client, changes),
    ...changes.contactIds.map((id) => client.invalidateQueries({ queryKey: keys.active(id) })),
  ]);
}
