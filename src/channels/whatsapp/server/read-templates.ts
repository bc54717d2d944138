import { readShort } from '#platform/server/stream-request.ts';
import type { ReadTemplate, TemplatesAnswer } from '../../channel.ts';
import type { Account } from './account.ts';
import { type GraphAddress, graphAddress, graphHeaders, readGraphError } from './graph-client.ts';
import { askGraph } from './graph-stream.ts';
import { parseTemplate } from './parse-template.ts';
import { outcomeOfError } from './send-outcome.ts';
import { asId, asList, asWire, isWire, type Wire } from './wire.ts';

const fields = 'id,name,language,status,category,components,parameter_format,quality_score';
const perPage = 50;
/** An account has 6,000 templates at most; more pages than that are no list that ends. */
const mostPages = 200;
/** A template has a few thousand characters. */
const longestPage = 4 * 1024 * 1024;

export interface TemplateReader {
  readonly readTemplates: (
    account: Pick<Account, 'wabaId' | 'accessToken'>,
    signal: AbortSignal,
  ) => Promise<TemplatesAnswer>;
}

type Failed = Extract<TemplatesAnswer, { kind: 'failed' }>;

const failed = (code: string, isWorthRepeating = true): Failed => ({
  kind: 'failed',
  code,
  isWorthRepeating,
});

const parse = (text: string): Wire | undefined => {
  try {
    const body: unknown = JSON.parse(text);
    return isWire(body) ? body : undefined;
  } catch {
    return undefined;
  }
};

const readPage = async (
  address: string,
  accessToken: string,
  signal: AbortSignal,
): Promise<Wire | Failed> => {
  const answer = await askGraph(address, { method: 'GET', accessToken, signal });
  if (answer === undefined) {
    return failed('network-unreachable');
  }
  const text = await readShort(answer.body, longestPage).catch(() => '');
  const body = parse(text);
  const error = body === undefined ? undefined : readGraphError(body);
  if (error !== undefined) {
    // An account that was just given to us is refused for a moment; a token that has run out stays so.
    return failed(outcomeOfError(error, 0).code, error.code !== 190);
  }
  if (answer.status !== 200) {
    return failed(`whatsapp-http-${answer.status}`, answer.status >= 500 || answer.status === 429);
  }
  // Without its list it is no answer to the question, and least of all an empty one.
  return body !== undefined && Array.isArray(body['data']) ? body : failed('unreadable-answer');
};

const isFailed = (page: Wire | Failed): page is Failed => page['kind'] === 'failed';

/** Where the next page begins; null after the last one, undefined where that cannot be told. */
const nextOf = (page: Wire): string | null | undefined => {
  const paging = asWire(page['paging']);
  return paging['next'] === undefined ? null : asId(asWire(paging['cursors'])['after'], 2_000);
};

/** Undefined when an entry is no template: what it left out would be taken for deleted. */
const templatesOf = (page: Wire): ReadTemplate[] | undefined => {
  const list = asList(page['data']);
  const read = list.flatMap((one) => parseTemplate(one) ?? []);
  return read.length < list.length ? undefined : read;
};

const addressOf = (graph: GraphAddress, wabaId: string, after: string): string => {
  const query = new URLSearchParams({ fields, limit: String(perPage) });
  if (after !== '') {
    query.set('after', after);
  }
  return `${graphAddress(graph, wabaId, 'message_templates')}?${query}`;
};

/** Reads page by page (docs/whatsapp-cloud-api.md 8.4); all of them, or it has failed. */
export const createTemplateReader = (graph: GraphAddress): TemplateReader => ({
  readTemplates: async ({ wabaId, accessToken }, signal) => {
    if (graphHeaders(accessToken) === undefined) {
      return failed('whatsapp-190', false);
    }
    const templates: ReadTemplate[] = [];
    const seen = new Set(['']);
    for (let after = ''; seen.size <= mostPages; ) {
      const page = await readPage(addressOf(graph, wabaId, after), accessToken, signal);
      if (isFailed(page)) {
        return page;
      }
      const read = templatesOf(page);
      const next = nextOf(page);
      if (read === undefined || next === undefined || (next !== null && seen.has(next))) {
        return failed('unreadable-answer');
      }
      templates.push(...read);
      if (next === null) {
        return { kind: 'read', accountRef: wabaId, templates };
      }
      seen.add(next);
      after = next;
    }
    return failed('unreadable-answer');
  },
});
