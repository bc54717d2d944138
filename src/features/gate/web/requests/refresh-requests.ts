import type { QueryClient } from '@tanstack/react-query';
import type { Page } from '#platform/web/http.ts';
import type { BlockRequest, BlockRequestCounts } from '../../requests/contract.ts';
import { requestKeys } from './api.ts';

/** What a live event tells of contacts, and of their conversations. */
export interface ContactChanges {
  contactIds: readonly string[];
  conversations: readonly { contactId: string; isBlockRequested: boolean }[];
}

/**
 * Contacts change all day long and every screen hears of it; requests are rare. They are read again when the change can
 * be about one: a request is open for a contact that changed, or was open for somebody.
 */
export async function refreshRequests(client: QueryClient, changes: ContactChanges): Promise<void> {
  const { contactIds, conversations } = changes;
  const isOpen = (id: string) =>
    conversations.some((each) => each.contactId === id && each.isBlockRequested);
  const isUntold = (id: string) => !conversations.some((each) => each.contactId === id);
  const wasOpen =
    (client.getQueryData<BlockRequestCounts>(requestKeys.counts)?.open ?? 0) > 0 ||
    client
      .getQueryData<Page<BlockRequest>>(requestKeys.own)
      ?.items.some((request) => request.state === 'open');
  if (wasOpen || contactIds.some((id) => isOpen(id) || isUntold(id))) {
    await client.invalidateQueries({ queryKey: requestKeys.all });
  }
}
