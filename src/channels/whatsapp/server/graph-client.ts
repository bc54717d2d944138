import { Agent, fetch, type Response } from 'undici';
import { noteRequest } from './request-figures.ts';
import { asInteger, asList, asWire, isWire, type Wire } from './wire.ts';

/** What became of a request, as far as can be known. */
export type GraphAnswer =
  /** A whole answer with a JSON object in it. */
  | { readonly kind: 'answer'; readonly status: number; readonly body: Wire }
  /** A whole answer that is no JSON object, or more than we read. */
  | { readonly kind: 'unreadable'; readonly status: number }
  /** Nothing was written: the other side was never reached. */
  | { readonly kind: 'unreachable' }
  /** It may or may not have been written. */
  | { readonly kind: 'lost' };

export interface GraphAddress {
  readonly graphUrl: string;
  readonly graphVersion: string;
}

export const graphAddress = (
  { graphUrl, graphVersion }: GraphAddress,
  ...path: readonly string[]
): string =>
  [graphUrl.replace(/\/+$/, ''), graphVersion, ...path.map(encodeURIComponent)].join('/');

/**
 * Connecting, certificate included, must end before the claim's request does (gate/claim.ts, 8 s): cut off by that, it could
 * not be told from a request that was written, and a message that never left would be of unknown end. Node's own fetch
 * waits 10 s and cannot be told otherwise.
 */
const agent = new Agent({ connect: { timeout: 4_000 } });

/** Answers are a few hundred bytes; more than this is not read. */
const longestAnswer = 256 * 1024;

/** Raised while a name is looked up, a connection is made or its certificate is checked: before the first byte. */
const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const earlyCalls = new Set(['connect', 'getaddrinfo']);

const isBeforeWriting = (cause: unknown): boolean => {
  const failure = asWire(cause);
  const code = failure['code'];
  const call = failure['syscall'];
  if (typeof code === 'string' && unreachableCodes.has(code)) {
    return true;
  }
  if (typeof call === 'string' && earlyCalls.has(call)) {
    return true;
  }
  // One failure for each address that was tried.
  const tried = asList(failure['errors']);
  return tried.length > 0 && tried.every((attempt) => isBeforeWriting(attempt));
};

const failureOf = (error: unknown): GraphAnswer => {
  const cause = error instanceof Error ? error.cause : undefined;
  return isBeforeWriting(cause) ? { kind: 'unreachable' } : { kind: 'lost' };
};

/** @throws when the connection ends before the body does */
const readBounded = async (response: Response, longest: number): Promise<string | undefined> => {
  if (response.body === null) {
    return undefined;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > longest) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const parseObject = (text: string | undefined): Wire | undefined => {
  try {
    const parsed: unknown = text === undefined ? undefined : JSON.parse(text);
    return isWire(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
};

const readAnswer = async (response: Response, longest: number): Promise<GraphAnswer> => {
  const { status } = response;
  try {
    const body = parseObject(await readBounded(response, longest));
    return body === undefined ? { kind: 'unreadable', status } : { kind: 'answer', status, body };
  } catch {
    // Cut off: what it would have said is not known.
    return { kind: 'lost' };
  }
};

/** Undefined when no header can carry this token. */
export const graphHeaders = (accessToken: string): Record<string, string> | undefined =>
  /^[\x21-\x7e]+$/.test(accessToken)
    ? { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' }
    : undefined;

interface GraphWrite {
  readonly method: 'POST' | 'DELETE';
  readonly signal: AbortSignal;
  /** A longer answer is not read. */
  readonly longestAnswer: number;
}

const writeOnce = async (
  address: string,
  headers: Readonly<Record<string, string>>,
  body: Wire,
  { method, signal, longestAnswer: longest }: GraphWrite,
): Promise<GraphAnswer> => {
  let response: Response;
  try {
    response = await fetch(address, {
      method,
      headers,
      body: JSON.stringify(body),
      redirect: 'manual',
      dispatcher: agent,
      signal,
    });
  } catch (error) {
    return failureOf(error);
  }
  return readAnswer(response, longest);
};

/** One request with a body, never repeated and never redirected. Never throws. */
export const writeToGraph = async (
  address: string,
  headers: Readonly<Record<string, string>>,
  body: Wire,
  { method, signal, longestAnswer: longest }: GraphWrite,
): Promise<GraphAnswer> => {
  const end = await writeOnce(address, headers, body, { method, signal, longestAnswer: longest });
  const isLate = end.kind === 'lost' && signal.aborted;
  noteRequest(isLate ? 'timed-out' : end.kind === 'answer' ? 'answered' : end.kind);
  return end;
};

/**
 * One request, never repeated and never redirected: a second one could send a message twice. Up to the first `await`
 * it runs at once, so whoever takes a claim right before has nothing in between. Never throws.
 */
export const postToGraph = (
  address: string,
  headers: Readonly<Record<string, string>>,
  body: Wire,
  signal: AbortSignal,
): Promise<GraphAnswer> =>
  writeToGraph(address, headers, body, { method: 'POST', signal, longestAnswer });

export interface GraphError {
  readonly code: number;
  readonly isTransient: boolean;
}

/** The envelope of API sheet 8.1. Its texts may quote numbers and are left where they are. */
export const readGraphError = (body: Wire): GraphError | undefined => {
  const error = body['error'];
  const code = isWire(error) ? asInteger(error['code']) : undefined;
  return isWire(error) && code !== undefined
    ? { code, isTransient: error['is_transient'] === true }
    : undefined;
};
