import type { Simulator } from '../start-simulator.ts';
import type { Json } from './business-server.ts';

export interface Answer {
  status: number;
  body: Json;
}

export interface CallOptions {
  token?: string | null;
  version?: string;
  channel?: string;
  signal?: AbortSignal;
}

export const CHANNEL = '100000000000001';

/** What a business (and a test behind the stage) says to the simulator. */
export function clientOf(simulator: Pick<Simulator, 'url'>) {
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    { token = 'any-token', signal }: CallOptions = {},
  ): Promise<Answer> => {
    const response = await fetch(`${simulator.url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await response.text();
    const isJson = text.startsWith('{');
    return { status: response.status, body: isJson ? (JSON.parse(text) as Json) : { text } };
  };
  const edge = (name: string, { version = '/v25.0', channel = CHANNEL }: CallOptions = {}) =>
    `${version}/${channel}/${name}`;
  return {
    call,
    send: (body: Json, options: CallOptions = {}) =>
      call('POST', edge('messages', options), { messaging_product: 'whatsapp', ...body }, options),
    text: (to: string, body: string, more: Json = {}, options: CallOptions = {}) =>
      call(
        'POST',
        edge('messages', options),
        { messaging_product: 'whatsapp', to, type: 'text', text: { body }, ...more },
        options,
      ),
    block: (users: Json[], method: 'POST' | 'DELETE' = 'POST') =>
      call(method, edge('block_users'), { messaging_product: 'whatsapp', block_users: users }),
    blocked: (query = '') => call('GET', `${edge('block_users')}${query}`),
    sim: (method: string, path: string, body?: unknown) => call(method, `/_sim${path}`, body),
  };
}

export function codeOf(answer: Answer): unknown {
  return (answer.body['error'] as Json | undefined)?.['code'];
}
