import { type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface StreamRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as they come; their number is told beforehand. */
  readonly body?: { readonly bytes: AsyncIterable<Uint8Array>; readonly length: number };
  readonly signal: AbortSignal;
  /** Instead of the system's way from name to address. */
  readonly lookup?: LookupFunction;
}

/** What came back: read `body` to its end, or destroy it. */
export interface StreamAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: IncomingMessage;
}

const whileIdle = { keepAlive: true, scheduling: 'lifo', timeout: 5_000 } as const;
/**
 * Apart from those that everybody shares: a connection that is open already is taken again without asking `lookup`, and
 * one to a neighbour of ours (the object store, say) is nothing for a name that a stranger wrote.
 */
const plainAgent = new PlainAgent(whileIdle);
const secureAgent = new SecureAgent(whileIdle);

/**
 * One request whose body and answer may be as long as a film: neither is held in memory. Never redirected, never
 * repeated.
 * @throws what the network or the source of the body throws
 */
export const requestStream = async (
  address: string,
  { method, headers, body, signal, lookup }: StreamRequest,
): Promise<StreamAnswer> => {
  const url = new URL(address);
  const isSecure = url.protocol === 'https:';
  const open = isSecure ? secureRequest : plainRequest;
  const outgoing = open(url, {
    method,
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'content-length': String(body.length) }),
    },
    signal,
    ...(lookup === undefined ? {} : { lookup, agent: isSecure ? secureAgent : plainAgent }),
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    // For good: what breaks after the answer must not end the process.
    outgoing.on('error', reject);
  });
  const written =
    body === undefined
      ? Promise.resolve(outgoing.end())
      : pipeline(Readable.from(body.bytes), outgoing);
  // An answer may come before all is written, and what is left is then not wanted.
  written.catch(() => undefined);
  const answer = await answered;
  answer.on('error', () => undefined);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: answer };
};

/** The text of a short answer; longer ones are cut off. */
export const readShort = async (body: IncomingMessage, longest = 256 * 1024): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.byteLength;
    if (size > longest) {
      break;
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
};
