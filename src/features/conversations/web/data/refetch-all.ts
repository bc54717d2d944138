import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { bubbleKey } from './bubble-keys.ts';
import { forgetQuotedInDrafts } from './drafts.ts';
import { changeTold } from './last-told.ts';
import { forgetLocalFile } from './local-files.ts';
import { forgetQuotedOutgoing } from './outgoing.ts';
import { queryKeys } from './query-keys.ts';
import type { ThreadPages } from './thread-pages.ts';
import { kindOnlyLast } from './withheld.ts';

const { lists, ones, threads, shelves, foundAll, stoppedAll, stoppedOfMany, ofRequests } =
  queryKeys;
const ofConversations: readonly QueryKey[] = [
  ...[lists, ones, threads, shelves, foundAll, stoppedAll, stoppedOfMany, ofRequests],
];

/** Files of ours whose messages turned out to be withheld; threads that were dropped let go of theirs by themselves. */
function forgetWithheldFiles(client: QueryClient): void {
  for (const [, data] of client.getQueriesData<ThreadPages>({ queryKey: threads })) {
    for (const { id, withheld } of data?.pages.flatMap(({ items }) => items) ?? []) {
      if (withheld) forgetLocalFile(bubbleKey(id));
    }
  }
}

/**
 * After a lost connection, or when too much changed to tell one by one: read again what is on the screen. What is not is
 * forgotten, and what is kept beside the readings keeps no words: something of it may have been covered meanwhile.
 * @param ofOthers what other features keep of people, and of what they said
 */
export async function refetchAll(
  client: QueryClient,
  ofOthers: readonly QueryKey[] = [],
): Promise<void> {
  for (const queryKey of [...ofConversations, ...ofOthers]) {
    client.removeQueries({ queryKey, type: 'inactive' });
  }
  forgetQuotedInDrafts();
  forgetQuotedOutgoing();
  changeTold(kindOnlyLast);
  await client.invalidateQueries({ refetchType: 'active' });
  forgetWithheldFiles(client);
}
