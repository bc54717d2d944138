import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaAnswer } from '../../channel.ts';
import { createMediaReader } from './fetch-media.ts';
import { mediaHostOf } from './media-hosts.ts';

const account = { phoneNumberId: '100000000000001', accessToken: 'demo-token' };
const bytes = Buffer.from('the bytes of a picture');
const digest = createHash('sha256').update(bytes).digest();

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
interface Graph {
  readonly url: string;
  readonly seen: string[];
  readonly close: () => Promise<void>;
}

let graph: Graph;
let answers: Handler[];

const json =
  (status: number, body: object): Handler =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const address = (more: object = {}): Handler => {
  const body = { url: `${graph.url}/cdn/1`, mime_type: 'image/jpeg', file_size: '22', id: '3000' };
  return json(200, { ...body, sha256: digest.toString('hex'), ...more });
};
const file: Handler = (_request, response) => {
  response.writeHead(200, { 'content-length': bytes.byteLength }).end(bytes);
};
const status =
  (code: number): Handler =>
  (_request, response) => {
    response.writeHead(code).end('no');
  };

beforeEach(async () => {
  const seen: string[] = [];
  answers = [];
  const server = createServer((request, response) => {
    const { authorization, 'user-agent': agent } = request.headers;
    seen.push(`${request.method} ${request.url} ${authorization} ${agent}`);
    (answers.shift() ?? status(500))(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  graph = {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
});
afterEach(() => graph.close());

const get = (
  mayAsk: () => Promise<boolean> = async () => true,
  more: { longestBytes?: number; accessToken?: string } = {},
): Promise<MediaAnswer> => {
  const reader = createMediaReader({ graphUrl: graph.url, graphVersion: 'v25.0' });
  const { longestBytes = 1000, accessToken = account.accessToken } = more;
  const request = { workspaceId: 'w', channelId: 'c', mediaId: '3000', longestBytes };
  const limits = { mayAsk, signal: AbortSignal.timeout(5_000) };
  return reader.fetchMedia({ ...account, accessToken }, request, limits);
};

describe('a file', () => {
  it('is asked for by its id, then read from its address, both with the token', async () => {
    answers = [address(), file];
    const answer = await get();
    expect(answer).toMatchObject({ kind: 'bytes', sha256: digest });
    if (answer.kind === 'bytes') {
      expect(await buffer(answer.bytes)).toEqual(bytes);
    }
    expect(graph.seen).toEqual([
      'GET /v25.0/3000?phone_number_id=100000000000001 Bearer demo-token Guarita',
      'GET /cdn/1 Bearer demo-token Guarita',
    ]);
  });

  it('whose digest is told in base64 or not at all is read as well', async () => {
    answers = [address({ sha256: digest.toString('base64') }), file];
    expect(await get()).toMatchObject({ sha256: digest });
    answers = [address({ sha256: 'nada' }), file];
    expect(await get()).toMatchObject({ sha256: null });
  });

  it('whose address has run out is asked for once more', async () => {
    answers = [address(), status(404), address(), file];
    expect(await get()).toMatchObject({ kind: 'bytes' });
    answers = [address(), status(404), address(), status(404)];
    expect(await get()).toEqual({
      kind: 'failed',
      code: 'address-ran-out',
      isWorthRepeating: true,
    });
  });

  it('is asked for only as long as the gate says so, before each request', async () => {
    for (let requests = 0; requests < 4; requests += 1) {
      graph.seen.length = 0;
      answers = [address(), status(404), address(), file];
      let left = requests;
      const mayAsk = async () => left-- > 0;
      expect(await get(mayAsk)).toEqual({ kind: 'not-asked' });
      expect(graph.seen).toHaveLength(requests);
    }
  });
});

describe('what is answered instead', () => {
  const failed = (code: string, isWorthRepeating: boolean) => ({
    kind: 'failed',
    code,
    isWorthRepeating,
  });
  const error = (code: number, more: object = {}) => ({ error: { code, ...more } });

  it.each([
    // Also of a file that is there and not for this token: whether its days are over is not told.
    [() => [json(400, error(100))], { kind: 'not-found', code: 'whatsapp-100' }],
    [
      () => [json(400, error(100, { error_subcode: 33, type: 'GraphMethodException' }))],
      { kind: 'not-found', code: 'whatsapp-100' },
    ],
    [() => [json(404, {})], { kind: 'not-found', code: 'whatsapp-http-404' }],
    [() => [json(404, error(131_052))], { kind: 'not-found', code: 'whatsapp-131052' }],
    [() => [json(401, error(190))], failed('whatsapp-190', false)],
    [() => [json(400, error(4))], failed('whatsapp-4', true)],
    [() => [json(500, error(123_456, { is_transient: true }))], failed('whatsapp-123456', true)],
    [() => [status(502)], failed('whatsapp-http-502', true)],
    [() => [json(200, { id: '3000' })], failed('whatsapp-http-200', false)],
    [() => [address(), status(503)], failed('whatsapp-http-503', true)],
    [() => [address(), status(302)], failed('whatsapp-http-302', false)],
    [() => [address({ file_size: 1001 })], { kind: 'too-large' }],
  ])('%# has its meaning', async (make, expected) => {
    answers = make();
    expect(await get()).toEqual(expected);
  });

  it('as longer than it said is not read', async () => {
    answers = [address(), file];
    expect(await get(undefined, { longestBytes: 21 })).toEqual({ kind: 'too-large' });
    answers = [address({ file_size: undefined }), file];
    expect(await get(undefined, { longestBytes: 21 })).toEqual({ kind: 'too-large' });
  });

  it('nothing at all is worth another try', async () => {
    await graph.close();
    expect(await get()).toEqual(failed('network-unreachable', true));
  });

  it('another host never sees the token', async () => {
    answers = [address({ url: 'https://media.example/1' })];
    expect(await get()).toEqual(failed('media-host-not-allowed', false));
  });

  it('a token that no header carries is not sent', async () => {
    expect(await get(undefined, { accessToken: 'two\nlines' })).toEqual(
      failed('whatsapp-190', false),
    );
    expect(graph.seen).toEqual([]);
  });
});

describe('hosts that may see the token', () => {
  const graphUrl = 'https://graph.facebook.com';

  it.each([
    'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1',
    'https://scontent.xx.fbcdn.net/v/1',
    'https://graph.facebook.com/v25.0/1',
  ])('%s', (url) => {
    expect(mediaHostOf(url, graphUrl)).toBeDefined();
  });

  it.each([
    'http://lookaside.fbsbx.com/1',
    'https://lookaside.fbsbx.com:8443/1',
    'https://lookaside.fbsbx.com@evil.example/1',
    'https://user:x@lookaside.fbsbx.com/1',
    'https://evilfbsbx.com/1',
    'https://fbsbx.com.evil.example/1',
    'https://127.0.0.1/1',
    'https://[::1]/1',
    'http://graph.facebook.com/1',
    'https://graph.facebook.com:444/1',
    'file:///etc/passwd',
    'nada',
  ])('not %s', (url) => {
    expect(mediaHostOf(url, graphUrl)).toBeUndefined();
  });

  it('outside are looked up as public addresses only', () => {
    expect(mediaHostOf('https://lookaside.fbsbx.com/1', graphUrl)?.lookup).toBeDefined();
    const local = 'http://127.0.0.1:3001';
    expect(mediaHostOf(`${local}/cdn/1`, local)).toEqual({ lookup: undefined });
  });
});
