import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aFilm,
  aPdf,
  aPicture,
  aRecording,
  aSound,
  aVoiceNote,
  oddPictures,
} from '#features/media/server/testing.ts';
import { keyOf } from '#platform/server/files/index.ts';
import type { Caller } from './testing/http-client.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

let app: TestApp;
let picture: Buffer;

beforeAll(async () => {
  app = await startTestApp();
  picture = await aPicture();
});
afterAll(() => app.close());

const upload = (rawBody: Buffer, query = '', headers: Record<string, string> = {}) =>
  app.http(`/api/v1/uploads${query}`, {
    ...app.a.team.agent,
    method: 'POST',
    rawBody,
    headers: { 'content-type': 'application/octet-stream', ...headers },
  });

describe('an upload', () => {
  it('is what its bytes are, whatever it is called', async () => {
    const lies = { 'content-type': 'application/pdf' };
    for (const [bytes, expected] of [
      [picture, { kind: 'image', mimeType: 'image/jpeg', width: 800, height: 400 }],
      [await aPicture('webp', { width: 512, height: 512 }), { kind: 'sticker' }],
      [aVoiceNote(), { kind: 'voice', mimeType: 'audio/ogg' }],
      [aFilm(), { kind: 'video', mimeType: 'video/mp4' }],
      [aPdf(), { kind: 'document', mimeType: 'application/pdf' }],
      [Buffer.from('bom dia'), { kind: 'document', mimeType: 'text/plain' }],
    ] as const) {
      const answer = await upload(bytes, '?fileName=..%2F..%2Fnota.exe', lies);
      expect(answer.status, answer.text).toBe(201);
      const size = { sizeBytes: bytes.byteLength, fileName: 'nota.exe' };
      expect(answer.json).toMatchObject({ ...expected, ...size });
    }
  });

  it('of a palette, of grey or of 16 bits becomes the PNG that WhatsApp takes', async () => {
    for (const bytes of await oddPictures()) {
      expect([bytes[24], bytes[25]]).not.toEqual([8, 2]);
      const answer = await upload(bytes);
      expect(answer.json).toMatchObject({ kind: 'image', mimeType: 'image/png', width: 64 });
      const { id } = answer.json as { id: string };
      const { rows } = await sql<{
        sha256: Buffer;
      }>`select sha256 from upload where id = ${id}`.execute(app.deps.db);
      const stored = await app.deps.files.get(keyOf(app.a.id, rows[0]?.sha256 ?? Buffer.alloc(32)));
      const kept = stored === undefined ? Buffer.alloc(26) : await buffer(stored);
      expect([kept[24], kept[25]]).toEqual([8, 2]);
    }
  });

  it('of what a browser recorded becomes a voice note', async () => {
    const packets = Array.from({ length: 100 }, () => Buffer.from([0x48, 1, 2, 3]));
    const answer = await upload(aRecording(packets), '', { 'content-type': 'audio/webm' });
    expect(answer.json).toMatchObject({ kind: 'voice', mimeType: 'audio/ogg' });
    const stereo = await upload(aRecording(packets, { channels: 2 }));
    expect([stereo.status, stereo.code]).toEqual([415, 'file-type-not-accepted']);
  });

  it('of sound alone is sound, whichever brand its box has', async () => {
    const frames = (head: readonly number[], size: number) =>
      Buffer.concat(
        Array.from({ length: 4 }, () => Buffer.concat([Buffer.from(head), Buffer.alloc(size)])),
      );
    for (const [name, bytes, mimeType] of [
      ['musica.mp3', frames([0xff, 0xfb, 0x90, 0x00], 413), 'audio/mpeg'],
      ['musica.aac', frames([0xff, 0xf1, 0x50, 0x80, 0x03, 0xff, 0xfc], 24), 'audio/aac'],
      ['nota.amr', Buffer.from('#!AMR\n\x3c0123456789', 'latin1'), 'audio/amr'],
      ['nota.m4a', aSound('M4A '), 'audio/mp4'],
      ['nota.m4a', aSound('isom'), 'audio/mp4'],
      ['nota.m4a', aSound('mp42'), 'audio/mp4'],
      ['audio.m4a', aSound('iso5'), 'audio/mp4'],
    ] as const) {
      const answer = await upload(bytes, `?fileName=${name}`);
      expect([name, answer.status, answer.text]).toEqual([name, 201, expect.any(String)]);
      expect(answer.json).toMatchObject({ kind: 'audio', mimeType });
    }
    // WhatsApp takes the box of 3GP for films only.
    const phone = await upload(aSound('3gp4'), '?fileName=nota.3gp');
    expect([phone.status, phone.code]).toEqual([415, 'file-type-not-accepted']);
  });

  const letters = 'Código;Descrição;Preço\r\n1;Pão de açúcar;R$ 3,50\r\n';
  const utf16 = Buffer.from(`\ufeff${letters}`, 'utf16le');
  it.each([
    ['lista.csv', Buffer.from(letters, 'latin1')],
    ['LISTA.TXT', Buffer.from(letters, 'latin1')],
    ['lista.csv', utf16],
    ['lista.txt', Buffer.from(utf16).swap16()],
  ])('called %s of an older alphabet is plain text', async (name, bytes) => {
    const answer = await upload(bytes, `?fileName=${name}`);
    expect(answer.json).toMatchObject({ kind: 'document', mimeType: 'text/plain', fileName: name });
  });

  it.each([
    ['programa.txt', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
    ['foto.csv', Buffer.from('GIF89a\xff\xfe', 'latin1')],
    ['nada.txt', Buffer.from('Pre\xe7o\0', 'latin1')],
    ['nada.txt', Buffer.from('Pre\xe7o\x01', 'latin1')],
    ['meio.txt', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00])],
    ['vazio.txt', Buffer.from([0xff, 0xfe, 0x00, 0x00])],
    ['lista.html', Buffer.from(letters, 'latin1')],
    ['lista', Buffer.from(letters, 'latin1')],
  ])('called %s that is no text, or is not called one, is refused', async (name, bytes) => {
    const answer = await upload(bytes, `?fileName=${name}`);
    expect([answer.status, answer.code]).toEqual([415, 'file-type-not-accepted']);
  });

  it('of what WhatsApp does not take is refused, with what it does take', async () => {
    for (const bytes of [
      Buffer.from([0, 1, 2, 3]),
      await aPicture('gif'),
      picture.subarray(0, 500),
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    ]) {
      const answer = await upload(bytes);
      expect([answer.status, answer.code]).toEqual([415, 'file-type-not-accepted']);
      const { accepted } = answer.json as { accepted: { kind: string }[] };
      expect(accepted.map(({ kind }) => kind)).toContain('document');
    }
    const empty = await upload(Buffer.alloc(0));
    expect([empty.status, empty.code]).toEqual([422, 'file-empty']);
  });

  it('too large for its kind, or for any, is refused and leaves nothing', async () => {
    const before = await sql`select 1 from stored_file`.execute(app.deps.db);
    const large = Buffer.concat([picture, Buffer.alloc(5 * 1024 * 1024)]);
    const answer = await upload(large);
    expect([answer.status, answer.code]).toEqual([413, 'file-too-large']);
    const sticker = await aPicture('webp', { width: 512, height: 512 });
    const padded = await upload(Buffer.concat([sticker, Buffer.alloc(100 * 1024)]));
    expect([padded.status, padded.code]).toEqual([413, 'file-too-large']);
    const after = await sql`select 1 from stored_file`.execute(app.deps.db);
    expect(after.rows).toHaveLength(before.rows.length);
  });
});

describe('a message with a file', () => {
  const send = (body: object, caller: Caller = app.a.team.agent) =>
    app.http(`/api/v1/conversations/${app.a.threads[0]?.conversationId}/messages`, {
      ...caller,
      method: 'POST',
      body,
    });
  const uploaded = async (bytes: Buffer): Promise<string> =>
    ((await upload(bytes)).json as { id: string }).id;

  it('is accepted with its caption, and its file can be read at once', async () => {
    const uploadId = await uploaded(picture);
    const answer = await send({ type: 'image', uploadId, caption: 'o catálogo' });
    expect(answer.status, answer.text).toBe(202);
    const media = { state: 'ready', mimeType: 'image/jpeg', hasThumbnail: true };
    expect(answer.json).toMatchObject({
      type: 'image',
      text: 'o catálogo',
      status: 'queued',
      media,
    });
    const { id } = answer.json as { id: string };
    const file = await app.http(`/api/v1/messages/${id}/media`, app.a.team.agent);
    expect(file.headers.get('content-length')).toBe(String(picture.byteLength));
  });

  it('with a page in an older alphabet is text that is saved, never shown', async () => {
    const bytes = Buffer.from('<script>alert("\xe7")</script>', 'latin1');
    const { id: uploadId } = (await upload(bytes, '?fileName=nota.txt')).json as { id: string };
    const sent = await send({ type: 'document', uploadId });
    expect(sent.json).toMatchObject({ media: { mimeType: 'text/plain' } });
    const { id } = sent.json as { id: string };
    const { headers } = await app.http(`/api/v1/messages/${id}/media`, app.a.team.agent);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('without a caption has no text', async () => {
    const answer = await send({ type: 'voice', uploadId: await uploaded(aVoiceNote()) });
    expect(answer.json).toMatchObject({ type: 'voice', text: null });
  });

  it('is refused when the file is somebody else’s, unknown, or something else', async () => {
    const uploadId = await uploaded(picture);
    for (const [body, caller, code] of [
      [{ type: 'image', uploadId }, app.a.team.administrator, 'upload-not-found'],
      [{ type: 'image', uploadId }, app.a.keys.agent, 'upload-not-found'],
      [
        { type: 'image', uploadId: app.a.threads[0]?.messageIds[0] ?? '' },
        app.a.team.agent,
        'upload-not-found',
      ],
      [{ type: 'video', uploadId }, app.a.team.agent, 'upload-of-another-kind'],
      [{ type: 'image', uploadId, caption: 'x'.repeat(1025) }, app.a.team.agent, 'message-limits'],
      [{ type: 'video' }, app.a.team.agent, 'invalid-request'],
      [{ type: 'nada', uploadId }, app.a.team.agent, 'invalid-request'],
    ] as const) {
      expect((await send(body, caller)).code).toBe(code);
    }
  });
});

describe('a message beyond the limits of WhatsApp', () => {
  const send = (body: object) =>
    app.http(`/api/v1/conversations/${app.a.threads[0]?.conversationId}/messages`, {
      ...app.a.team.agent,
      method: 'POST',
      body,
    });

  it('is told of by a code of its own, place by place', async () => {
    const buttons = ['Sim', 'Sim, e já, por favor!'].map((title, n) => ({ id: `${n}`, title }));
    const answer = await send({ type: 'buttons', text: ' ', buttons });
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({
      code: 'message-limits',
      errors: [
        { path: '/text', message: 'empty' },
        { path: '/buttons/1/title', message: 'too-long' },
      ],
    });
  });

  it('that is not whole either is an invalid request', async () => {
    const body = { type: 'buttons', text: 7, buttons: [] };
    expect((await send(body)).code).toBe('invalid-request');
    expect((await send({ type: 'text' })).code).toBe('invalid-request');
  });
});
