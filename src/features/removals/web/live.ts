import type { QueryClient } from '@tanstack/react-query';
import type { Changes } from '#features/conversations/contract.ts';
import { removalKeys } from './removal-keys.ts';

/** A live event tells which requests changed; each screen reads again what it may see of them. */
export async function refreshRemovals(
  client: QueryClient,
  { removalIds, refetch }: Pick<Changes, 'removalIds' | 'refetch'>,
): Promise<void> {
  if (removalIds.length === 0 && !refetch) return;
  await client.invalidateQueries({ queryKey: removalKeys.all });
}
