import { useQueryClient } from '@tanstack/react-query';
import type { ConversationView } from '../../contract.ts';
import type { ListPages } from '../data/list-pages.ts';
import { type ListFilter, queryKeys } from '../data/query-keys.ts';

/** The conversation above or below the open one in the list that is on the screen. */
export function useConversationNeighbour(view: ConversationView) {
  const client = useQueryClient();
  return (openId: string | null, step: 1 | -1): string | undefined => {
    const lists = client.getQueriesData<ListPages>({ queryKey: queryKeys.lists, type: 'active' });
    const found = lists.find(([key]) => (key[2] as ListFilter).view === view);
    const rows = (found?.[1]?.pages ?? []).flatMap((page) => page.items);
    const at = rows.findIndex((row) => row.id === openId);
    if (at === -1) return rows[0]?.id;
    return rows[at + step]?.id;
  };
}
