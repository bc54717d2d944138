import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import type { Account } from './account.ts';
import { readEdge } from './ask-graph.ts';
import type { GraphAddress } from './graph-client.ts';
import { forgetPortfolios, savePortfolio } from './number-store.ts';
import { asId, asWire } from './wire.ts';

/**
 * Whose business account it is (`owner_business_info`, docs/whatsapp-cloud-api.md 6). Asked until it is known, and never insisted on:
 * while it is not, ids of people are taken to be of one portfolio. Nor is it asked where the installation takes all for one.
 */
export const learnPortfolio = async (
  deps: Deps,
  graph: GraphAddress,
  account: Account,
): Promise<void> => {
  if (account.portfolioId !== null || !deps.config.graph.arePortfoliosApart) {
    return;
  }
  const query = { fields: 'owner_business_info' };
  const said = await readEdge(graph, account.accessToken, [account.wabaId], query);
  const owner = said.kind === 'body' ? asWire(said.body['owner_business_info']) : {};
  const portfolioId = asId(owner['id'], 64);
  if (portfolioId !== undefined) {
    const actor = systemActor(account.workspaceId);
    await inTx(deps, actor, ({ tx }) => savePortfolio(tx, account, portfolioId));
  }
};

/** At start: an installation that takes all portfolios for one goes by none that was learnt before it did. */
export const settlePortfolios = async (deps: Deps): Promise<void> => {
  if (!deps.config.graph.arePortfoliosApart) {
    await forgetPortfolios(deps.db);
  }
};
