import { useMemo } from 'react';
import { useContactSearch } from '#features/contacts/web/index.ts';
import { useSettled } from '#platform/web/use-settled.ts';
import { useConversationList } from '../data/queries.ts';
import type { ForwardTarget } from './forward-targets.ts';

/** Conversations that can receive a message, then the blocked ones that match, at the end. */
export function useForwardTargets(typed: string) {
  const search = useSettled(typed.trim());
  const filter = useMemo(
    () => ({ view: 'all' as const, search, unread: false, channelId: null }),
    [search],
  );
  const list = useConversationList(filter);
  const contacts = useContactSearch(search, true);
  const targets = useMemo((): ForwardTarget[] => {
    const open = (list.data?.pages ?? []).flatMap((page) => page.items);
    const seen = new Set(open.map((conversation) => conversation.contactId));
    const blocked = (contacts.data?.items ?? []).filter(
      (contact) => contact.isBlocked && !seen.has(contact.id),
    );
    return [
      ...open.map((conversation) => ({
        conversationId: conversation.id,
        contactId: conversation.contactId,
        name: conversation.contactName,
        phone: conversation.contactPhone,
        channelName: conversation.channel.name,
        isBlocked: conversation.isBlocked,
      })),
      ...blocked.map((contact) => ({
        conversationId: null,
        contactId: contact.id,
        name: contact.name,
        phone: contact.phone,
        channelName: null,
        isBlocked: true,
      })),
    ];
  }, [list.data, contacts.data]);
  return { targets, list, isSearching: search !== '' };
}
