import type { QueryClient } from '@tanstack/react-query';
import { accountKeys } from './me.ts';

/** What a live event refreshes here: roles, names, who is still a member. */
export async function refreshAccounts(
  client: QueryClient,
  changes: { membersChanged: boolean; refetch: boolean },
): Promise<void> {
  if (changes.membersChanged || changes.refetch) {
    await client.invalidateQueries({ queryKey: accountKeys.all });
  }
}

/** Asks who is signed in. When the answer is nobody, the screen leaves for the entrance. */
export const recheckSession = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: accountKeys.me });
