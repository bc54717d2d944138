import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Media } from '#features/media/contract.ts';
import { aFilm, aPdf, aPicture } from '#features/media/server/testing.ts';
import { keyOf } from '#platform/server/files/index.ts';
import { type Simulator, startSimulator } from '../../../simulator/start-simulator.ts';
import { startTestServer, type TestServer } from './testing/test-app.ts';
import { aTestWorkspace, type TestWorkspace } from './testing/test-workspace.ts';
import { startWorker, type Worker } from './worker.ts';

/** Server, worker and a WhatsApp of our own: files by the whole way, in both directions. */
let simulator: Simulator;
let server: TestServer;
let worker: Worker;
let workspace: TestWorkspace;

beforeAll(async () => {
  simulator = await startSimulator({
    port: 0,
    webhookUrl: null,
    channels: [
      {
        phoneNumberId: '100000000000001',
        wabaId: '200000000000001',
        displayPhoneNumber: '5511900000001',
        appSecret: 'app-secret-of-1',
        verifyToken: 'verify-token-of-1',
        accessToken: 'access-token-of-1',
      },
    ],
    settings: { window: 'off' },
  });
  server = await startTestServer({ env: { GRAPH_API_URL: simulator.url } });
  workspace = await aTestWorkspace(server.deps, server.http, 1, 1);
  simulator.setWebhookUrl(`${server.url}/webhooks/whatsapp`);
  worker = await startWorker(server.deps, server.whatsApp.channel, server.deps.databaseUrl);
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await server.close();
  await simulator.close();
});

const patient = { timeout: 15_000, interval: 50 };
let people = 0;
const aPerson = (): string => `55119${70_000_000 + ++people}`;

const findMedia = async (externalId: string) => {
  const { rows } = await sql<{ id: string; conversationId: string }>`
    select id, conversation_id as "conversationId" from message where external_id = ${externalId}`.execute(
    server.deps.db,
  );
  const id = rows[0]?.id ?? '';
  const answer = await server.http(`/api/v1/messages/${id}`, workspace.team.agent);
  const { media } = answer.json as { media: Media | null };
  return { id, conversationId: rows[0]?.conversationId ?? '', media };
};

const hashOf = async (id: string): Promise<string> => {
  const { rows } = await sql<{ sha256: Buffer }>`
    select sha256 from message_media where message_id = ${id}`.execute(server.deps.db);
  const stream = await server.deps.files.get(
    keyOf(workspace.id, rows[0]?.sha256 ?? Buffer.alloc(32)),
  );
  return stream === undefined
    ? ''
    : createHash('sha256')
        .update(await buffer(stream))
        .digest('hex');
};

const fault = (body: object): Promise<Response> =>
  fetch(`${simulator.url}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('what a person sends', () => {
  it.each([
    [{ type: 'image' }, { mimeType: 'image/jpeg', hasThumbnail: true }],
    [
      { type: 'image', media: { sample: 'receipt' } },
      { mimeType: 'image/png', hasThumbnail: true },
    ],
    [{ type: 'video' }, { mimeType: 'video/mp4', hasThumbnail: false }],
    [{ type: 'audio' }, { mimeType: 'audio/ogg', durationSeconds: expect.any(Number) }],
    // Nobody has asked what a stranger calls it.
    [{ type: 'document' }, { mimeType: 'application/pdf', fileName: null }],
    [{ type: 'sticker' }, { mimeType: 'image/webp', isAnimated: false }],
    [
      { type: 'sticker', animated: true },
      { mimeType: 'image/webp', isAnimated: true },
    ],
  ] as const)('%j is here, byte for byte', async (spec, expected) => {
    const { id: externalId } = simulator.inbound({ from: aPerson(), ...spec });
    await expect
      .poll(async () => (await findMedia(externalId)).media, patient)
      .toMatchObject({ state: 'ready', ...expected });
    const { id } = await findMedia(externalId);
    const known = [...simulator.world.media.list()].map(({ sha256 }) => sha256);
    expect(known).toContain(await hashOf(id));
  });

  it('comes in the end when the first address has run out, and when the line breaks', async () => {
    await fault({ on: 'media_download', times: 1, http: 404 });
    const { id } = simulator.inbound({ from: aPerson(), type: 'image' });
    await expect.poll(async () => (await findMedia(id)).media?.state, patient).toBe('ready');
    await fault({ on: 'media_download', times: 1, media: { cut: 0.5 } });
    const { id: cut } = simulator.inbound({ from: aPerson(), type: 'image', media: { seed: 5 } });
    await expect
      .poll(async () => (await findMedia(cut)).media, patient)
      .toMatchObject({ state: 'waiting', reason: 'cut-off' });
  });

  it('never makes us show our token to another host', async () => {
    const url = 'https://media.example/1';
    await fault({ on: 'media_lookup', times: 1, media: { url } });
    const { id } = simulator.inbound({ from: aPerson(), type: 'image' });
    await expect
      .poll(async () => (await findMedia(id)).media, patient)
      .toMatchObject({ state: 'failed', reason: 'media-host-not-allowed' });
  });
});

describe('what the team sends', () => {
  it.each([
    ['image', () => aPicture('jpeg')],
    ['video', async () => aFilm()],
    ['document', async () => aPdf()],
  ] as const)('%s reaches the phone', async (type, make) => {
    const from = aPerson();
    const { id: externalId } = simulator.inbound({ from, text: 'oi' });
    await expect.poll(async () => (await findMedia(externalId)).id, patient).not.toBe('');
    const { conversationId } = await findMedia(externalId);
    const upload = await server.http('/api/v1/uploads?fileName=nota.pdf', {
      ...workspace.team.agent,
      method: 'POST',
      rawBody: await make(),
      headers: { 'content-type': 'application/octet-stream' },
    });
    const { id: uploadId } = upload.json as { id: string };
    const sent = await server.http(`/api/v1/conversations/${conversationId}/messages`, {
      ...workspace.team.agent,
      method: 'POST',
      body: { type, uploadId, caption: 'segue' },
    });
    expect(sent.status, sent.text).toBe(202);
    await expect.poll(() => simulator.outbox(from).length, patient).toBe(1);
    expect(simulator.outbox(from)[0]).toMatchObject({ type });
  });
});
