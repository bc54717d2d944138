import type { Deps } from '#platform/server/deps.ts';
import type { Inspection } from '../contract.ts';
import type { Account } from './account.ts';
import { checkNumber } from './check-number.ts';
import { isWorking } from './cut-off.ts';
import type { GraphAddress } from './graph-client.ts';
import { saveChecked } from './health-store.ts';
import { readSubscription } from './read-subscription.ts';

/** Asks WhatsApp how a number of ours is; that all is well is noted, for it may end what was told of it before. */
export const inspectNumber = async (
  deps: Deps,
  graph: GraphAddress,
  account: Account,
): Promise<Inspection> => {
  const askedAt = new Date();
  const [check, subscription] = await Promise.all([
    checkNumber(graph, account),
    readSubscription(graph, account),
  ]);
  const inspection = { check, subscription };
  if (isWorking(inspection)) {
    await saveChecked(deps.db, account, askedAt);
  }
  return inspection;
};
