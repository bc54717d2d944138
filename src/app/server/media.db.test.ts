import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Media } from '#features/media/contract.ts';
import { aFilm, aPdf, aPicture, aVoiceNote } from '#features/media/server/testing.ts';
import type { Caller } from './testing/http-client.ts';
import { aReceivedFile, type FileMessage } from './testing/received-picture.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

let app: TestApp;
let picture: Buffer;
let received: FileMessage;

beforeAll(async () => {
  app = await startTestApp();
  picture = await aPicture();
  received = await aReceivedFile(app, app.a, picture);
});
afterAll(() => app.close());

const get = async (
  path: string,
  headers: Record<string, string> = {},
  caller: Caller = app.a.team.agent,
) => {
  const { cookie, key } = caller;
  const response = await fetch(`${app.url}/api/v1${path}`, {
    headers: {
      ...(cookie === undefined ? {} : { cookie }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
    },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes };
};

const fileOf = (message: FileMessage): string => `/messages/${message.messageId}/media`;

describe('the file of a message', () => {
  it('is told by the message, and given whole to whoever may read it', async () => {
    const message = await app.http(`/api/v1/messages/${received.messageId}`, app.a.team.agent);
    const { media } = message.json as { media: Media };
    expect(media).toMatchObject({ state: 'ready', width: 800, hasThumbnail: true });
    for (const caller of [app.a.team.agent, app.a.team.administrator, app.a.keys.agent]) {
      const { status, headers, bytes } = await get(fileOf(received), {}, caller);
      expect([status, bytes.equals(picture)]).toEqual([200, true]);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'image/jpeg',
        'content-length': String(picture.byteLength),
        'content-disposition': 'inline',
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'private, no-cache',
        'accept-ranges': 'bytes',
      });
    }
  });

  it('is nobody else’s', async () => {
    for (const path of [fileOf(received), `${fileOf(received)}/thumbnail`]) {
      expect((await get(path, {}, {})).status).toBe(401);
      expect((await get(path, {}, app.b.team.administrator)).status).toBe(404);
      expect((await get(path, {}, app.b.keys.administrator)).status).toBe(404);
    }
  });

  it('has a thumbnail', async () => {
    const { status, headers, bytes } = await get(`${fileOf(received)}/thumbnail`);
    expect([status, headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(bytes.toString('latin1', 8, 12)).toBe('WEBP');
    const film = await aReceivedFile(app, app.a, aFilm(), { type: 'video' });
    expect((await get(`${fileOf(film)}/thumbnail`)).status).toBe(404);
  });

  it('is asked for again each time, and not sent again when it is the same', async () => {
    const { headers } = await get(fileOf(received));
    const etag = headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{64}"$/);
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await get(fileOf(received), { 'if-none-match': known });
      expect([again.status, again.bytes.byteLength]).toEqual([304, 0]);
      expect(again.headers.get('etag')).toBe(etag);
    }
    expect((await get(fileOf(received), { 'if-none-match': '"x"' })).status).toBe(200);
    const stranger = await get(fileOf(received), { 'if-none-match': etag }, app.b.team.agent);
    expect(stranger.status).toBe(404);
  });

  it('is given by parts', async () => {
    const size = picture.byteLength;
    for (const [range, first, last] of [
      ['bytes=0-9', 0, 9],
      ['bytes=10-', 10, size - 1],
      ['bytes=-5', size - 5, size - 1],
      [`bytes=${size - 1}-${size + 99}`, size - 1, size - 1],
    ] as const) {
      const part = await get(fileOf(received), { range });
      expect([part.status, part.headers.get('content-range')]).toEqual([
        206,
        `bytes ${first}-${last}/${size}`,
      ]);
      expect(part.bytes).toEqual(picture.subarray(first, last + 1));
    }
    const beyond = await get(fileOf(received), { range: `bytes=${size}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${size}`]);
    for (const whole of ['bytes=0-1,3-4', 'bytes=5-1', 'lines=1-2', 'bytes=-', 'nada']) {
      expect((await get(fileOf(received), { range: whole })).status).toBe(200);
    }
    const changed = await get(fileOf(received), { range: 'bytes=0-9', 'if-range': '"other"' });
    expect(changed.status).toBe(200);
  });

  it('is played in its place, or saved, by what its bytes are', async () => {
    const name = 'nota "fiscal"\r\nset-cookie: x.pdf';
    for (const [type, bytes, contentType, start] of [
      ['audio', aVoiceNote(), 'audio/ogg', 'inline'],
      ['video', aFilm(), 'video/mp4', 'inline'],
      ['document', aPdf(), 'application/octet-stream', 'attachment'],
      [
        'document',
        Buffer.from('<html><script>1</script>'),
        'application/octet-stream',
        'attachment',
      ],
      ['document', Buffer.from('<svg onload="1"/>'), 'application/octet-stream', 'attachment'],
      ['image', picture.subarray(0, 600), 'application/octet-stream', 'attachment'],
    ] as const) {
      const file = await aReceivedFile(app, app.a, Buffer.from(bytes), {
        type,
        fields: { filename: name, mime_type: 'text/html' },
      });
      const { status, headers } = await get(fileOf(file));
      expect([type, status, headers.get('content-type')]).toEqual([type, 200, contentType]);
      expect(headers.get('content-disposition')).toMatch(new RegExp(`^${start}`));
      expect(headers.get('set-cookie')).toBeNull();
    }
  });

  it('keeps its name in the header, whatever letters it has', async () => {
    const fields = { filename: 'orçamento (2ª via) 50%.pdf' };
    const file = await aReceivedFile(app, app.a, aPdf(), { type: 'document', fields });
    const { headers } = await get(fileOf(file));
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="or_amento (2_ via) 50_.pdf"; filename*=UTF-8''or%C3%A7amento%20%282%C2%AA%20via%29%2050%25.pdf`,
    );
  });

  it('of a contact who was blocked later is read like the message, by link', async () => {
    const file = await aReceivedFile(app, app.a, await aPicture('png'));
    await app.http(`/api/v1/contacts/${file.contactId}/block`, {
      ...app.a.team.administrator,
      method: 'PUT',
      body: { reason: 'spam' },
    });
    expect((await get(fileOf(file))).status).toBe(200);
    const again = await app.http(`/api/v1${fileOf(file)}/fetch`, {
      ...app.a.team.agent,
      method: 'POST',
    });
    expect([again.status, again.code]).toEqual([409, 'contact-blocked']);
  });

  it('that is not here yet says so, and can be asked for', async () => {
    const file = await aReceivedFile(app, app.a, Buffer.from('<svg/>'));
    await sql`update message_media set state = 'failed' where message_id = ${file.messageId}`.execute(
      app.deps.db,
    );
    const { status } = await get(fileOf(file));
    expect(status).toBe(409);
    const again = await app.http(`/api/v1${fileOf(file)}/fetch`, {
      ...app.a.team.agent,
      method: 'POST',
    });
    expect(again.json).toMatchObject({ id: file.messageId, media: { state: 'waiting' } });
    expect(again.status).toBe(202);
  });
});
