import type { LookupFunction } from 'node:net';
import { readShort, requestStream, type StreamAnswer } from '#platform/server/stream-request.ts';
import { type GraphError, readGraphError } from './graph-client.ts';
import { noteRequest } from './request-figures.ts';
import { isWire, type Wire } from './wire.ts';

/** Some downloads are refused to whoever does not say who asks (docs/whatsapp-cloud-api.md, 3). */
const userAgent = 'Guarita';

export interface GraphAsk {
  readonly method: 'GET' | 'POST';
  readonly accessToken: string;
  readonly contentType?: string;
  readonly body?: { readonly bytes: AsyncIterable<Uint8Array>; readonly length: number };
  readonly signal: AbortSignal;
  readonly lookup?: LookupFunction | undefined;
}

/** @returns undefined when no whole answer came; which of the network's reasons it was is not told */
export const askGraph = async (
  address: string,
  { method, accessToken, contentType, body, signal, lookup }: GraphAsk,
): Promise<StreamAnswer | undefined> => {
  try {
    const answer = await requestStream(address, {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        'user-agent': userAgent,
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      signal,
      ...(body === undefined ? {} : { body }),
      ...(lookup === undefined ? {} : { lookup }),
    });
    noteRequest('answered');
    return answer;
  } catch {
    noteRequest(signal.aborted ? 'timed-out' : 'lost');
    return undefined;
  }
};

export interface ShortAnswer {
  readonly status: number;
  readonly body: Wire;
  readonly error: GraphError | undefined;
}

/** @returns undefined when it breaks off or is no JSON object */
export const readJson = async (answer: StreamAnswer): Promise<ShortAnswer | undefined> => {
  try {
    const body: unknown = JSON.parse(await readShort(answer.body));
    return isWire(body) ? { status: answer.status, body, error: readGraphError(body) } : undefined;
  } catch {
    return undefined;
  }
};
