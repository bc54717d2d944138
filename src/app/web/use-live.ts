import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { recheckSession, refreshAccounts } from '#features/accounts/web/index.ts';
import { contactKeys, refreshContacts } from '#features/contacts/web/index.ts';
import type { Changes } from '#features/conversations/contract.ts';
import { followConversations, hearArrival, unlockTone } from '#features/conversations/web/index.ts';
import { gateQueries, refreshGate } from '#features/gate/web/index.ts';
import { refreshRemovals, removalKeys } from '#features/removals/web/index.ts';
import { connectLive, disconnectLive, onLiveEvent, onTurnedAway } from '#platform/web/live.ts';

/** What the other features keep of people, and of what they said: not kept unseen over a gap in listening. */
const keptOfPeople = [contactKeys.all, ...gateQueries, removalKeys.all];

/** Plugs every feature into the one socket, for as long as somebody is signed in. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    connectLive();
    const stops = [
      unlockTone(),
      onTurnedAway(() => void recheckSession(client)),
      followConversations(client, hearArrival, keptOfPeople),
      onLiveEvent<Changes>('changes', (changes) => {
        void refreshContacts(client, changes);
        void refreshGate(client, changes);
        void refreshRemovals(client, changes);
        void refreshAccounts(client, changes);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      disconnectLive();
    };
  }, [client]);
}
