import type { CheckCode } from '../contract.ts';
import { type GraphAddress, graphAddress, graphHeaders, postToGraph } from './graph-client.ts';
import { askGraph, readJson } from './graph-stream.ts';
import { asInteger, asWire, type Wire } from './wire.ts';

/** A short answer of the Graph about a number or an account, or why there is none. */
export type Said =
  | { readonly kind: 'body'; readonly body: Wire; readonly clockSeconds: number | null }
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly subcode: number | undefined;
      readonly clockSeconds: number | null;
    }
  | { readonly kind: 'busy' }
  | { readonly kind: 'unreachable' };

const patienceMs = 10_000;

/** WhatsApp's clock minus ours; its header counts whole seconds. */
const clockOf = (header: string | undefined): number | null => {
  const at = Date.parse(header ?? '');
  return Number.isNaN(at) ? null : Math.round((at - Date.now()) / 1000);
};

const errorOf = (body: Wire, clockSeconds: number | null): Said | undefined => {
  const error = asWire(body['error']);
  const code = asInteger(error['code']);
  return code === undefined
    ? undefined
    : { kind: 'error', code, subcode: asInteger(error['error_subcode']), clockSeconds };
};

/** Reads one edge. Never throws, never repeats. */
export const readEdge = async (
  graph: GraphAddress,
  accessToken: string,
  path: readonly string[],
  query: Readonly<Record<string, string>>,
): Promise<Said> => {
  const address = `${graphAddress(graph, ...path)}?${new URLSearchParams(query)}`;
  const signal = AbortSignal.timeout(patienceMs);
  const answer = await askGraph(address, { method: 'GET', accessToken, signal });
  if (answer === undefined) {
    return { kind: 'unreachable' };
  }
  const clockSeconds = clockOf(answer.headers.date);
  const json = await readJson(answer);
  if (json === undefined) {
    return { kind: 'busy' };
  }
  const error = errorOf(json.body, clockSeconds);
  if (error !== undefined) {
    return error;
  }
  return json.status === 200 ? { kind: 'body', body: json.body, clockSeconds } : { kind: 'busy' };
};

/** Changes one edge. */
export const postEdge = async (
  graph: GraphAddress,
  accessToken: string,
  path: readonly string[],
  body: Wire = {},
): Promise<Said> => {
  const headers = graphHeaders(accessToken);
  if (headers === undefined) {
    return { kind: 'error', code: 190, subcode: undefined, clockSeconds: null };
  }
  const signal = AbortSignal.timeout(patienceMs);
  const answer = await postToGraph(graphAddress(graph, ...path), headers, body, signal);
  if (answer.kind !== 'answer') {
    return answer.kind === 'unreadable' ? { kind: 'busy' } : { kind: 'unreachable' };
  }
  const { status, body: said } = answer;
  return (
    errorOf(said, null) ??
    (status === 200 ? { kind: 'body', body: said, clockSeconds: null } : { kind: 'busy' })
  );
};

const expired = new Set([463, 467]);
const busy = new Set([1, 2, 4, 17, 32, 613, 80007, 80008, 130429, 131000, 131016]);

/**
 * What an answer that is no success says of the token, or of WhatsApp itself; undefined when it is about what was asked
 * for (docs/whatsapp-cloud-api.md, 8.1).
 */
export const troubleOf = (said: Exclude<Said, { kind: 'body' }>): CheckCode | undefined => {
  if (said.kind !== 'error') {
    return said.kind === 'busy' ? 'whatsapp-busy' : 'whatsapp-unreachable';
  }
  const { code, subcode } = said;
  if (code === 190 || code === 0 || code === 102) {
    return subcode !== undefined && expired.has(subcode) ? 'token-expired' : 'token-wrong';
  }
  if (code === 3 || code === 10 || (code >= 200 && code <= 299)) {
    return 'token-without-permission';
  }
  return busy.has(code) ? 'whatsapp-busy' : undefined;
};
