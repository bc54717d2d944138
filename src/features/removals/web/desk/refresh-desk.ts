import type { QueryClient } from '@tanstack/react-query';
import type { DeskQuery } from './removals-search.ts';

const all = ['removals', 'desk'] as const;

/** All of the desk: a live event about any request reads again what is on the screen. */
export const deskKeys = {
  all,
  counts: [...all, 'counts'],
  own: [...all, 'own'],
  listed: (query: DeskQuery) => [...all, 'listed', query],
  one: (id: string) => [...all, 'one', id],
  comments: (id: string) => [...all, 'comments', id],
  context: (id: string) => [...all, 'context', id],
  sameBytes: (id: string, messageId: string) => [...all, 'same-bytes', id, messageId],
  settings: ['removals', 'settings'],
} as const;

export const refreshDesk = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: deskKeys.all });

/** What a live event refreshes here: requests change rarely, and then every part of them may have. */
export async function refreshRemovals(
  client: QueryClient,
  changes: { removalIds: readonly string[]; refetch: boolean },
): Promise<void> {
  if (changes.refetch || changes.removalIds.length > 0) await refreshDesk(client);
}
