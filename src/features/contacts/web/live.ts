import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Page } from '#platform/web/http.ts';
import type { Contact } from '../contract.ts';
import { contactKeys } from './api.ts';
import { peopleKeys } from './people/api.ts';

/** What a live event refreshes here: names, numbers, whether a contact is blocked. */
export async function refreshContacts(
  client: QueryClient,
  changes: {
    contactIds: readonly string[];
    conversations: readonly { contactId: string }[];
    refetch: boolean;
  },
): Promise<void> {
  if (changes.contactIds.length > 0 || changes.refetch) {
    await client.invalidateQueries({ queryKey: contactKeys.all });
  } else if (hasNewcomer(client, changes.conversations)) {
    await client.invalidateQueries({ queryKey: peopleKeys.list });
  }
}

/** Somebody who has just become a contact is told of by their conversation alone. Our ids grow with time. */
const hasNewcomer = (
  client: QueryClient,
  conversations: readonly { contactId: string }[],
): boolean => {
  const lists = client.getQueriesData<InfiniteData<Page<Contact>>>({
    queryKey: peopleKeys.list,
    type: 'active',
  });
  const known = lists.flatMap(([, data]) => data?.pages.flatMap((page) => page.items) ?? []);
  const newest =
    known
      .map(({ id }) => id)
      .sort()
      .at(-1) ?? '';
  return lists.length > 0 && conversations.some(({ contactId }) => contactId > newest);
};
