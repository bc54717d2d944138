import type { QueryClient } from '@tanstack/react-query';
import { removalKeys } from '../removal-keys.ts';
import type { DeskQuery } from './removals-search.ts';

const all = [...removalKeys.all, 'desk'] as const;

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
  settings: [...removalKeys.all, 'settings'],
} as const;

export const refreshDesk = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: deskKeys.all });
