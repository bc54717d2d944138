import { once } from 'node:events';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectNumber } from '#channels/whatsapp/server/index.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { textFrom, write } from './testing/signed-webhook.ts';
import { startTestServer, type TestServer } from './testing/test-app.ts';
import { aStranger } from './testing/test-workspace.ts';

const number = {
  phoneNumberId: '100000000000777',
  wabaId: '200000000000777',
  displayNumber: '551130007777',
  appSecret: 'segredo',
  verifyToken: 'verify',
};
const megabyte = 1024 * 1024;
/** One buffer for all: what grows is the server's. */
const filler = Buffer.alloc(megabyte, 0x20);

let server: TestServer;
let workspaceId: string;
const open: ClientRequest[] = [];

beforeAll(async () => {
  server = await startTestServer();
  workspaceId = await aWorkspace(server.deps.db);
});
afterAll(() => server.close());
afterEach(() => {
  for (const one of open.splice(0)) one.destroy();
});

interface Client {
  readonly request: ClientRequest;
  /** Null while there is none; a refusal closes the connection, and may be lost to whoever is still writing. */
  status: number | 'cut off' | null;
  retryAfter: string | undefined;
}

/** Sends a body of 3 MB but for its last byte, and waits. */
const withhold = (headers: Record<string, string>): Client => {
  const request = httpRequest(`${server.url}/webhooks/whatsapp`, { method: 'POST', headers });
  open.push(request);
  const client: Client = { request, status: null, retryAfter: undefined };
  request.on('response', (response: IncomingMessage) => {
    client.status = response.statusCode ?? null;
    client.retryAfter = response.headers['retry-after'];
    response.resume();
  });
  request.on('error', () => {
    client.status ??= 'cut off';
  });
  request.write(filler);
  request.write(filler);
  request.write(filler.subarray(1));
  return client;
};

const declared = { 'content-length': String(3 * megabyte), 'content-type': 'application/json' };
const chunked = { 'transfer-encoding': 'chunked', 'content-type': 'application/json' };
const held = () => server.whatsApp.ingest.bodies.figures.bytes;
const patiently = { timeout: 15_000 };
const buffers = () => process.memoryUsage().arrayBuffers;

describe('more webhooks at once than there is room for', () => {
  it.each([
    ['that say how long they are', declared],
    ['that do not', chunked],
  ])('%s: those beyond 64 MB are refused before memory grows', async (_name, headers) => {
    const before = buffers();
    const clients = Array.from({ length: 60 }, () => withhold(headers));
    const withStatus = (...wanted: readonly Client['status'][]) =>
      clients.filter(({ status }) => wanted.includes(status));
    const refused = () => withStatus(503, 'cut off');
    await expect.poll(() => refused().length, patiently).toBeGreaterThanOrEqual(38);
    const answered = withStatus(503);
    expect(answered.length).toBeGreaterThan(30);
    expect(answered.every(({ retryAfter }) => Number(retryAfter) > 0)).toBe(true);
    expect(held()).toBeLessThanOrEqual(64 * megabyte);
    // All of them would be 180 MB; some of what was thrown away may not have been collected yet.
    expect(buffers() - before).toBeLessThan(150 * megabyte);

    // Those that were taken are answered, and what they held is free again; a refusal may still be on its way.
    const others = withStatus(null);
    for (const { request } of others) request.end(' ');
    await expect.poll(() => others.every(({ status }) => status !== null), patiently).toBe(true);
    const taken = withStatus(400);
    expect(taken.length).toBeGreaterThanOrEqual(20);
    expect(taken.length + refused().length).toBe(clients.length);
    await expect.poll(held, patiently).toBe(0);
  });

  it('takes a small signed one while strangers announce large ones and send nothing', async () => {
    const channelId = await inTx(server.deps, systemActor(workspaceId), (ctx) =>
      connectNumber(ctx, { name: 'Loja', accessToken: 'token', ...number }),
    );
    // All there is room for, to the last byte, by what they say.
    const silent = Array.from({ length: 22 }, async (_, n) => {
      const request = httpRequest(`${server.url}/webhooks/whatsapp`, {
        method: 'POST',
        headers: { ...declared, 'content-length': String((n === 21 ? 1 : 3) * megabyte) },
      });
      open.push(request.on('error', () => {}));
      request.flushHeaders();
      const [socket] = await once(request, 'socket');
      if (socket.connecting) await once(socket, 'connect');
    });
    await Promise.all(silent);
    const person = aStranger('marca-1-y');
    for (const text of ['a', 'b', 'c']) {
      const answer = await write(
        server.http,
        { ...number, channelId },
        person,
        textFrom(person, text),
      );
      expect(answer.status).toBe(200);
    }
  });

  it('gives back what a client that went away had held', async () => {
    const client = withhold(declared);
    await expect.poll(held, patiently).toBe(3 * megabyte);
    client.request.destroy();
    await expect.poll(held, patiently).toBe(0);
  });

  it('refuses one that says it is too long without reading it', async () => {
    const client = withhold({ ...declared, 'content-length': String(3 * megabyte + 1) });
    await expect.poll(() => client.status, patiently).toBe(413);
    await expect.poll(held, patiently).toBe(0);
  });
});
