import type { QueryClient } from '@tanstack/react-query';
import { contactKeys } from './api.ts';

/** What a live event refreshes here: names, numbers, whether a contact is blocked. */
export async function refreshContacts(
  client: QueryClient,
  changes: { contactIds: readonly string[]; refetch: boolean },
): Promise<void> {
  if (changes.contactIds.length > 0 || changes.refetch) {
    await client.invalidateQueries({ queryKey: contactKeys.all });
  }
}
