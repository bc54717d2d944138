import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSample } from './media/make-media.ts';
import { startSimulator } from './start-simulator.ts';
import type { Json } from './testing/business-server.ts';
import { CHANNEL, clientOf, codeOf } from './testing/graph-client.ts';
import { simulatorForTests } from './testing/simulator-for-tests.ts';

const here = simulatorForTests();

const ANA = '5511987654321';
const TOKEN = { authorization: 'Bearer any-token' };

const sends = async (spec: Json): Promise<Json> => {
  const { body } = await here.client.sim('POST', '/inbound', { from: ANA, wait: true, ...spec });
  return body;
};

/** The object of the file in the last inbound message. */
const told = (): Json & { id: string } => {
  const message = here.business.messages().at(-1) ?? { id: '' };
  return message[String(message['type'])] as Json & { id: string };
};

const lookUp = (id: string, query = '') => here.client.call('GET', `/v25.0/${id}${query}`);
const download = (url: unknown, headers: Record<string, string> = TOKEN) =>
  fetch(String(url), { headers });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const hexOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('what people send', () => {
  it.each([
    ['image', { text: 'olha' }, { mime_type: 'image/jpeg', caption: 'olha' }],
    ['image', { media: { sample: 'receipt' } }, { mime_type: 'image/png' }],
    ['video', {}, { mime_type: 'video/mp4' }],
    ['audio', {}, { mime_type: 'audio/ogg; codecs=opus', voice: true }],
    ['audio', { voice: false }, { voice: false }],
    ['document', {}, { mime_type: 'application/pdf', filename: 'comprovante.pdf' }],
    ['sticker', { animated: true }, { mime_type: 'image/webp', animated: true }],
  ])('%s %o comes with an id, an address and both digests', async (type, spec, content) => {
    await sends({ type, ...spec });
    const file = told();
    expect(file).toMatchObject(content);
    const facts = await lookUp(file.id, `?phone_number_id=${CHANNEL}`);
    const sha256 = Buffer.from(String(file['sha256']), 'base64').toString('hex');
    expect(facts.body).toMatchObject({
      messaging_product: 'whatsapp',
      id: file.id,
      sha256,
      mime_type: file['mime_type'],
      file_size: expect.stringMatching(/^\d+$/),
    });
    for (const url of [facts.body['url'], file['url']]) {
      const response = await download(url);
      const bytes = await bytesOf(response);
      expect(response.headers.get('content-type')).toBe(file['mime_type']);
      expect(hexOf(bytes)).toBe(sha256);
      expect(String(bytes.length)).toBe(facts.body['file_size']);
    }
  });

  it('takes other bytes, seeds, sizes, ids and untrue facts', async () => {
    await sends({ type: 'image', media: { seed: 1 } });
    const first = told()['sha256'];
    await sends({ type: 'image', media: { seed: 2, bytes: 200_000 } });
    expect(told()['sha256']).not.toBe(first);
    expect((await lookUp(told().id)).body['file_size']).toBe('200000');
    const base64 = Buffer.from('<svg onload="x()"/>').toString('base64');
    await sends({ type: 'document', media: { base64 }, mimeType: 'text/html', mediaId: '777' });
    expect(told()).toMatchObject({ id: '777', mime_type: 'text/html' });
    await sends({ type: 'image', media: { wrongSha: true, url: false } });
    expect(told()).not.toHaveProperty('url');
    expect((await lookUp(told().id)).body['sha256']).not.toBe(told()['sha256']);
    await sends({ type: 'video', media: { oversize: true } });
    const tooLarge = here.business.messages().at(-1);
    expect(tooLarge).toMatchObject({ type: 'video', errors: [{ code: 131052 }] });
    expect(tooLarge).not.toHaveProperty('video');
    await sends({ type: 'image', mediaId: '123' });
    expect(codeOf(await lookUp(told().id))).toBe(100);
  });

  it('sends a file chosen beforehand, a recording included', async () => {
    const { bytes } = makeSample('receipt', { seed: 9 });
    const draft = await fetch(`${here.simulator.url}/_sim/media?fileName=nota.png`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: new Uint8Array(bytes),
    });
    const { id } = (await draft.json()) as { id: string };
    expect(codeOf(await lookUp(id))).toBe(100);
    await sends({ type: 'image', mediaId: id });
    expect(told()).toMatchObject({ id, mime_type: 'image/png' });
    expect(await bytesOf(await download(told()['url']))).toEqual(bytes);
    const part = await fetch(`${here.simulator.url}/_sim/media/${id}`, {
      headers: { range: 'bytes=1-3' },
    });
    expect([part.status, await part.text()]).toEqual([206, 'PNG']);
    expect(part.headers.get('content-security-policy')).toContain('sandbox');
  });
});

describe('how long', () => {
  it('opens an address for five minutes and keeps files for days', async () => {
    const before = Date.now();
    await sends({ type: 'image' });
    const { id } = told();
    const { url } = (await lookUp(id)).body;
    const until = Number(new URL(String(url)).searchParams.get('ext')) * 1_000;
    expect(until - before).toBeGreaterThan(298_000);
    expect(until - before).toBeLessThan(330_000);
    const [media] = here.simulator.world.media.list();
    expect(Math.round(((media?.expiresAt ?? 0) - before) / 86_400_000)).toBe(7);
    await here.client.sim('POST', '/media/expire', { id });
    expect((await download(url)).status).toBe(404);
    expect((await download((await lookUp(id)).body['url'])).status).toBe(200);
    await here.client.sim('POST', '/media/expire', { id, what: 'id' });
    const gone = await lookUp(id);
    expect([gone.status, codeOf(gone)]).toEqual([400, 100]);
  });

  it('can be in a hurry', async () => {
    here.simulator.settings({ media: { urlMs: 30, inboundMs: 60_000 } });
    await sends({ type: 'image' });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await download(told()['url'])).status).toBe(404);
    expect((await lookUp(told().id)).status).toBe(200);
  });

  it('asks for the token, the right number, and forgets what is deleted', async () => {
    await sends({ type: 'image' });
    const { id, url } = told();
    expect((await download(url, {})).status).toBe(401);
    expect((await download(url, { authorization: 'Bearer invalid-token' })).status).toBe(401);
    expect(codeOf(await lookUp(id, '?phone_number_id=999'))).toBe(100);
    expect((await here.client.call('DELETE', `/v25.0/${id}`)).body).toEqual({ success: true });
    expect(codeOf(await lookUp(id))).toBe(100);
    expect((await download(url)).status).toBe(404);
    expect(codeOf(await here.client.call('DELETE', `/v25.0/${id}`))).toBe(100);
  });

  it('remembers files across a restart beside the state file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'simulator-media-'));
    const options = { handshake: false, stateFile: path.join(folder, 'state.json') };
    const first = await startSimulator(options);
    const form = formOf(makeSample('photo').bytes, 'image/jpeg');
    const uploaded = await upload(form, first.url);
    await first.close();
    const second = await startSimulator(options);
    const facts = await clientOf(second).call('GET', `/v25.0/${String(uploaded.body['id'])}`);
    const response = await download(facts.body['url']);
    expect(await bytesOf(response)).toEqual(makeSample('photo').bytes);
    second.reset();
    const left = readdirSync(`${options.stateFile}.media`);
    await second.close();
    rmSync(folder, { recursive: true });
    expect(left).toEqual([]);
  });
});

const formOf = (bytes: Buffer, type: string, more: Record<string, string> = {}): FormData => {
  const form = new FormData();
  const fields = { messaging_product: 'whatsapp', type, ...more };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new File([new Uint8Array(bytes)], 'arquivo', { type }));
  return form;
};

const upload = async (form: FormData, url = here.simulator.url) => {
  const response = await fetch(`${url}/v25.0/${CHANNEL}/media`, {
    method: 'POST',
    headers: TOKEN,
    body: form,
  });
  return { status: response.status, body: (await response.json()) as Json };
};

describe('uploads', () => {
  it.each([
    ['photo', 'image/jpeg'],
    ['receipt', 'image/png'],
    ['video', 'video/mp4'],
    ['voice', 'audio/ogg'],
    ['pdf', 'application/pdf'],
    ['text', 'text/plain'],
    ['sticker', 'image/webp'],
    ['animated-sticker', 'image/webp'],
  ] as const)('takes %s', async (name, type) => {
    const answer = await upload(formOf(makeSample(name).bytes, type));
    expect(answer).toEqual({ status: 200, body: { id: expect.stringMatching(/^\d{15,}$/) } });
    expect((await lookUp(String(answer.body['id']))).body).toMatchObject({ mime_type: type });
  });

  it.each([
    ['another product', makeSample('photo').bytes, 'image/jpeg', { messaging_product: 'x' }, 100],
    ['a type nobody takes', Buffer.from('x'.repeat(40)), 'application/zip', {}, 100],
    ['another type than it says', makeSample('photo').bytes, 'image/jpeg', { type: 'a/b' }, 100],
    ['bytes of another type', makeSample('pdf').bytes, 'image/png', {}, 131053],
    ['a large picture', makeSample('photo', { bytes: 5_300_000 }).bytes, 'image/jpeg', {}, 131053],
    ['a large sticker', makeSample('sticker', { bytes: 110_000 }).bytes, 'image/webp', {}, 131053],
    ['an empty file', Buffer.alloc(0), 'text/plain', {}, 131053],
  ])('refuses %s', async (_name, bytes, type, more, code) => {
    const answer = await upload(formOf(bytes, type, more as Record<string, string>));
    expect([answer.status, codeOf(answer)]).toEqual([400, code]);
    expect(here.simulator.world.media.list()).toEqual([]);
  });

  it('refuses what is no form and whoever has no token', async () => {
    expect(codeOf(await here.client.call('POST', `/v25.0/${CHANNEL}/media`, {}))).toBe(100);
    const form = formOf(makeSample('photo').bytes, 'image/jpeg');
    const url = `${here.simulator.url}/v25.0/${CHANNEL}/media`;
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(401);
  });
});

describe('trouble', () => {
  const fault = (spec: Json) => here.client.sim('POST', '/faults', spec);

  it('breaks downloads in every way', async () => {
    await sends({ type: 'image' });
    const { id, url } = told();
    const size = Number((await lookUp(id)).body['file_size']);
    const on = 'media_download';
    await fault({ on, mediaId: id, http: 404 });
    expect((await download(url)).status).toBe(404);
    await fault({ on, to: ANA, http: 500 });
    expect((await download(url)).status).toBe(500);
    await fault({ on, to: '5511900001111', http: 500, times: 0 });
    await fault({ on, media: { cut: 0.5 } });
    await expect(bytesOf(await download(url))).rejects.toThrow();
    await fault({ on, media: { wrongBytes: true } });
    const wrong = await bytesOf(await download(url));
    expect(wrong.length).toBe(size);
    expect(hexOf(wrong)).not.toBe((await lookUp(id)).body['sha256']);
    await fault({ on, media: { lengthOff: 10 } });
    await expect(bytesOf(await download(url))).rejects.toThrow();
    await fault({ on, media: { extraBytes: 5_000, contentType: 'text/html' } });
    const longer = await download(url);
    expect(longer.headers.get('content-type')).toBe('text/html');
    expect((await bytesOf(longer)).length).toBe(size + 5_000);
    await fault({ on, media: { bytesPerSecond: size * 4 } });
    const started = Date.now();
    expect((await bytesOf(await download(url))).length).toBe(size);
    expect(Date.now() - started).toBeGreaterThan(150);
    await fault({ on, reset: 'before' });
    await expect(download(url)).rejects.toThrow();
  });

  it('breaks look-ups and uploads', async () => {
    await sends({ type: 'image' });
    const { id } = told();
    const honest = (await lookUp(id)).body;
    const on = 'media_lookup';
    await fault({ on, media: { wrongSha: true, lengthOff: 5, url: 'http://evil.example/x' } });
    const lies = (await lookUp(id)).body;
    expect(lies['sha256']).not.toBe(honest['sha256']);
    expect(Number(lies['file_size'])).toBe(Number(honest['file_size']) + 5);
    expect(lies['url']).toBe('http://evil.example/x');
    await fault({ on, error: { code: 131000 } });
    expect((await lookUp(id)).status).toBe(500);
    await fault({ on: 'media_upload', error: { code: 131053 } });
    expect(codeOf(await upload(formOf(makeSample('photo').bytes, 'image/jpeg')))).toBe(131053);
  });
});
