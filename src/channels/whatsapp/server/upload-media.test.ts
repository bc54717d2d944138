import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundItem } from '../../channel.ts';
import { requestBody } from './request-body.ts';
import { createMediaWriter } from './upload-media.ts';

const bytes = Buffer.from('\r\n--guarita-x\r\nthe bytes\0of a picture');
interface Seen {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

let seen: Seen[];
let url: string;
let answer: (response: ServerResponse) => void;
let close: () => Promise<void>;

beforeEach(async () => {
  seen = [];
  answer = (response) => response.end('{"id":"3000"}');
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
});
afterEach(() => close());

const upload = (accessToken = 'demo-token') =>
  createMediaWriter({ graphUrl: url, graphVersion: 'v25.0' }).uploadMedia(
    { phoneNumberId: '100000000000001', accessToken },
    {
      workspaceId: 'w',
      channelId: 'c',
      mimeType: 'image/png',
      sizeBytes: bytes.byteLength,
      bytes: Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]),
    },
    { signal: AbortSignal.timeout(5_000), attempt: 0 },
  );

describe('an upload', () => {
  it('is a form with the bytes as they are, whose length is told', async () => {
    expect(await upload()).toMatchObject({ kind: 'stored', mediaId: '3000' });
    const [{ line, headers, body } = { line: '', headers: {}, body: Buffer.alloc(0) }] = seen;
    expect(line).toBe('POST /v25.0/100000000000001/media');
    expect(headers.authorization).toBe('Bearer demo-token');
    expect(headers['content-length']).toBe(String(body.byteLength));
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    }).formData();
    expect([form.get('messaging_product'), form.get('type')]).toEqual(['whatsapp', 'image/png']);
    const file = form.get('file');
    expect(file).toMatchObject({ type: 'image/png', name: 'file' });
    expect(file instanceof Blob && Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it.each([
    [400, { error: { code: 131_053 } }, { kind: 'refused', code: 'whatsapp-131053' }],
    [400, { error: { code: 100 } }, { kind: 'refused', code: 'whatsapp-100' }],
    [400, { error: { code: 4 } }, { kind: 'retry', code: 'whatsapp-4' }],
    [413, 'too large', { kind: 'refused', code: 'whatsapp-http-413' }],
    [503, 'nada', { kind: 'retry', code: 'whatsapp-http-503' }],
    [200, {}, { kind: 'retry', code: 'whatsapp-http-200' }],
  ])('answered %s %j has its meaning', async (status, body, expected) => {
    answer = (response) => {
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    expect(await upload()).toMatchObject(expected);
  });

  it('that never arrived, or cannot, says so', async () => {
    expect(await upload('two\nlines')).toEqual({ kind: 'refused', code: 'whatsapp-190' });
    await close();
    expect(await upload()).toMatchObject({ kind: 'retry', code: 'network-unreachable' });
  });
});

describe('a message with a file', () => {
  const bodyOf = (content: OutboundItem['content']) =>
    requestBody({ workspaceId: 'w', channelId: 'c', to: { phone: '1' }, messageId: 'm', content });

  it.each([
    [
      { kind: 'image', caption: 'oi' },
      { type: 'image', image: { id: '3', caption: 'oi' } },
    ],
    [{ kind: 'video' }, { type: 'video', video: { id: '3' } }],
    [
      { kind: 'document', fileName: 'nota.pdf' },
      { type: 'document', document: { id: '3', filename: 'nota.pdf' } },
    ],
    [
      { kind: 'audio', fileName: 'a.mp3', caption: 'x' },
      { type: 'audio', audio: { id: '3' } },
    ],
    [{ kind: 'voice' }, { type: 'audio', audio: { id: '3', voice: true } }],
    [{ kind: 'sticker' }, { type: 'sticker', sticker: { id: '3' } }],
  ] as const)('%j names it', (content, expected) => {
    const body = bodyOf({ mediaId: '3', replyToExternalId: 'wamid.OLD', ...content });
    expect(body).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '1',
      context: { message_id: 'wamid.OLD' },
      biz_opaque_callback_data: 'm',
      ...expected,
    });
  });
});
