import type { Subscription } from '../contract.ts';
import type { Account } from './account.ts';
import { readEdge, type Said } from './ask-graph.ts';
import type { GraphAddress } from './graph-client.ts';
import { asId, asList, asWire } from './wire.ts';

const appIdOf = (item: unknown): string | undefined =>
  asId(asWire(asWire(item)['whatsapp_business_api_data'])['id'], 64);

/** Only of a list that was read to its end can be said who is not on it. */
const whoseIs = (apps: Extract<Said, { kind: 'body' }>['body'], own: string | undefined) => {
  const subscribed = asList(apps['data']);
  const ids = subscribed.map(appIdOf);
  if (own !== undefined && ids.includes(own)) {
    return 'own';
  }
  const isWhole = !asWire(apps['paging'])['next'];
  if (subscribed.length === 0 && isWhole) {
    return 'none';
  }
  return own !== undefined && isWhole && !ids.includes(undefined) ? 'foreign' : 'some';
};

/**
 * Whose app gets the webhooks of the business account. WhatsApp names the apps by their ids; which one is ours, the token
 * tells (`GET /app`, docs/whatsapp-cloud-api.md 8.3). Where it does not, no more is said than that there is one.
 */
export const readSubscription = async (
  graph: GraphAddress,
  { accessToken, wabaId }: Pick<Account, 'accessToken' | 'wabaId'>,
): Promise<Subscription | null> => {
  const [apps, app] = await Promise.all([
    readEdge(graph, accessToken, [wabaId, 'subscribed_apps'], {}),
    readEdge(graph, accessToken, ['app'], { fields: 'id' }),
  ]);
  if (apps.kind !== 'body' || !Array.isArray(apps.body['data'])) {
    return null;
  }
  return whoseIs(apps.body, app.kind === 'body' ? asId(app.body['id'], 64) : undefined);
};
