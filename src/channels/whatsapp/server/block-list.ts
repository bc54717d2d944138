import { readShort } from '#platform/server/stream-request.ts';
import type { ListAddress, ListChange, ListPage } from '../../block-list-port.ts';
import type { Account } from './account.ts';
import { type GraphAddress, graphAddress, graphHeaders, writeToGraph } from './graph-client.ts';
import { askGraph } from './graph-stream.ts';
import { readListAnswer } from './read-list-answer.ts';
import { readListPage } from './read-list-page.ts';
import { isWire, type Wire } from './wire.ts';

/** A thousand people who all failed, each with its error, are some 400 kB. */
const longestAnswer = 2 * 1024 * 1024;
/** Its default is not told (docs/whatsapp-cloud-api.md, 1.5). */
const perPage = 100;

type Speaker = Pick<Account, 'phoneNumberId' | 'accessToken'>;

export interface BlockListClient {
  readonly change: (
    account: Speaker,
    verb: 'block' | 'unblock',
    addresses: readonly ListAddress[],
    limits: { readonly signal: AbortSignal; readonly attempt: number },
  ) => Promise<ListChange>;
  readonly readPage: (
    account: Speaker,
    after: string | null,
    signal: AbortSignal,
  ) => Promise<ListPage>;
}

/** The number as received, or the business-scoped id; with both in one element the number would win. */
const userOf = ({ kind, value }: ListAddress): Wire =>
  kind === 'phone' ? { user: value } : { user_id: value };

const parse = (text: string): Wire | undefined => {
  try {
    const body: unknown = JSON.parse(text);
    return isWire(body) ? body : undefined;
  } catch {
    return undefined;
  }
};

/** POST, DELETE and GET of `block_users`; one request each, nothing is repeated here and nothing is logged. */
export const createBlockListClient = (graph: GraphAddress): BlockListClient => {
  const addressOf = ({ phoneNumberId }: Speaker): string =>
    graphAddress(graph, phoneNumberId, 'block_users');
  return {
    change: async (account, verb, addresses, { signal, attempt }) => {
      const headers = graphHeaders(account.accessToken);
      if (headers === undefined) {
        const code = 'whatsapp-190';
        const outcome = { kind: 'refused', why: 'failed', code, isWhole: true } as const;
        return { outcomes: addresses.map(() => outcome), restMs: null };
      }
      const body = { messaging_product: 'whatsapp', block_users: addresses.map(userOf) };
      const answer = await writeToGraph(addressOf(account), headers, body, {
        method: verb === 'block' ? 'POST' : 'DELETE',
        signal,
        longestAnswer,
      });
      return readListAnswer(answer, addresses, attempt);
    },
    readPage: async (account, after, signal) => {
      if (graphHeaders(account.accessToken) === undefined) {
        return { kind: 'failed', code: 'whatsapp-190', isWorthRepeating: false };
      }
      const query = new URLSearchParams({ limit: String(perPage) });
      if (after !== null) {
        query.set('after', after);
      }
      const { accessToken } = account;
      const address = `${addressOf(account)}?${query}`;
      const answer = await askGraph(address, { method: 'GET', accessToken, signal });
      if (answer === undefined) {
        return { kind: 'failed', code: 'network-unreachable', isWorthRepeating: true };
      }
      return readListPage(answer.status, parse(await readShort(answer.body).catch(() => '')));
    },
  };
};
