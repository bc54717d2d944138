import type { QueryClient } from '@tanstack/react-query';
import { onConnect, onLiveEvent } from '#platform/web/live.ts';
import type { Changes, Message } from '../../contract.ts';
import { applyConversation, applyMessage, refetchAll, refreshCounts } from './apply-changes.ts';
import { claimOutgoing } from './outgoing.ts';
import { queryKeys } from './query-keys.ts';

/** Told of each message that has just come from a person. */
export type OnArrival = (message: Message, changes: Changes) => void;

function apply(client: QueryClient, changes: Changes, onArrival: OnArrival): void {
  for (const conversation of changes.conversations) applyConversation(client, conversation);
  for (const message of changes.messages) {
    claimOutgoing(message);
    if (message.direction === 'in') onArrival(message, changes);
    applyMessage(client, message);
  }
  if (changes.refetch) refetchAll(client);
  if (changes.conversations.length > 0) refreshCounts(client);
}

/** Plugs this feature into the socket; what was missed while it was away is read again. */
export function followConversations(client: QueryClient, onArrival: OnArrival): () => void {
  const stopEvents = onLiveEvent<Changes>('changes', (changes) =>
    apply(client, changes, onArrival),
  );
  const stopConnects = onConnect(() => {
    refetchAll(client);
    // What is not on the screen is read again when it is next opened.
    void client.invalidateQueries({ queryKey: queryKeys.threads, refetchType: 'none' });
  });
  return () => {
    stopEvents();
    stopConnects();
  };
}
