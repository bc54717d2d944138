import type { Db } from '#platform/server/deps.ts';
import type { Account } from './account.ts';
import { readEdge } from './ask-graph.ts';
import type { GraphAddress } from './graph-client.ts';
import { savePortfolio } from './number-store.ts';
import { asId, asWire } from './wire.ts';

/**
 * Whose business account it is (`owner_business_info`, docs/whatsapp-cloud-api.md 6). Asked until it is known, and never insisted on:
 * while it is not, ids of people are taken to be of one portfolio.
 */
export const learnPortfolio = async (
  db: Db,
  graph: GraphAddress,
  account: Account,
): Promise<void> => {
  if (account.portfolioId !== null) {
    return;
  }
  const query = { fields: 'owner_business_info' };
  const said = await readEdge(graph, account.accessToken, [account.wabaId], query);
  const owner = said.kind === 'body' ? asWire(said.body['owner_business_info']) : {};
  const portfolioId = asId(owner['id'], 64);
  if (portfolioId !== undefined) {
    await savePortfolio(db, account, portfolioId);
  }
};
