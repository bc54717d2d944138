import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aFilm, aPicture } from '#features/media/server/testing.ts';
import type { Caller } from './testing/http-client.ts';
import { aReceivedFile, type FileMessage } from './testing/received-picture.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

let app: TestApp;
let picture: Buffer;
let covered: FileMessage;

beforeAll(async () => {
  app = await startTestApp();
  picture = await aPicture();
});
afterAll(() => app.close());
beforeEach(async () => {
  covered = await aReceivedFile(app, app.a, picture, { isStranger: true });
});

const authorization = ({ cookie, key }: Caller): Record<string, string> =>
  key === undefined ? { cookie: cookie ?? '' } : { authorization: `Bearer ${key}` };

const get = async (path: string, caller: Caller, headers: Record<string, string> = {}) => {
  const response = await fetch(`${app.url}/api/v1/messages/${covered.messageId}/${path}`, {
    headers: { ...authorization(caller), ...headers },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes };
};

const reveal = (caller: Caller) =>
  app.http(`/api/v1/messages/${covered.messageId}/media/reveal`, { ...caller, method: 'POST' });

const paths = ['media', 'media/thumbnail'];

describe('the picture of a stranger', () => {
  it('is told of, and its bytes are given to nobody', async () => {
    const message = await app.http(`/api/v1/messages/${covered.messageId}`, app.a.team.agent);
    expect(message.json).toMatchObject({
      media: { state: 'ready', isCovered: true, width: 800, height: 400, hasThumbnail: true },
    });
    for (const path of paths) {
      for (const caller of [app.a.team.agent, app.a.team.administrator, app.a.keys.administrator]) {
        const { status, bytes, headers } = await get(path, caller);
        expect([path, status]).toEqual([path, 403]);
        expect(JSON.parse(bytes.toString())).toMatchObject({ code: 'media-covered' });
        expect(headers.get('etag')).toBeNull();
      }
    }
  });

  it('is given to whoever asked to see it, and to nobody else', async () => {
    expect((await reveal(app.a.team.agent)).status).toBe(204);
    for (const path of paths) {
      expect((await get(path, app.a.team.agent)).status).toBe(200);
      expect((await get(path, app.a.team.administrator)).status).toBe(403);
      expect((await get(path, app.a.keys.agent)).status).toBe(403);
    }
    expect((await get('media', app.a.team.agent)).bytes).toEqual(picture);
    expect((await reveal(app.a.keys.agent)).status).toBe(204);
    expect((await get('media', app.a.keys.agent)).status).toBe(200);
    expect((await get('media', app.a.keys.administrator)).status).toBe(403);
  });

  it('is not confirmed to somebody who knows its digest, nor given by parts', async () => {
    await reveal(app.a.team.agent);
    for (const path of paths) {
      const etag = (await get(path, app.a.team.agent)).headers.get('etag') ?? '';
      const known = { 'if-none-match': etag };
      expect((await get(path, app.a.team.agent, known)).status).toBe(304);
      for (const headers of [known, { 'if-none-match': '*' }, { range: 'bytes=0-3' }]) {
        const answer = await get(path, app.a.team.administrator, headers);
        expect([answer.status, answer.headers.get('etag')]).toEqual([403, null]);
      }
      const beyond = await get(path, app.a.team.administrator, { range: 'bytes=9999999-' });
      expect([beyond.status, beyond.headers.get('content-range')]).toEqual([403, null]);
    }
  });

  it('is recorded with who asked, once, and without content', async () => {
    await reveal(app.a.team.agent);
    await reveal(app.a.team.agent);
    await reveal(app.a.team.administrator);
    const { rows } = await sql`
      select action, actor_kind as kind, actor_id as actor, subject_kind as subject, details from audit_event
       where subject_id = ${covered.messageId} order by at, id`.execute(app.deps.db);
    expect(rows).toEqual(
      [app.a.team.agent, app.a.team.administrator].map(({ memberId: actor }) => ({
        action: 'media.revealed',
        kind: 'member',
        actor,
        subject: 'message',
        details: {},
      })),
    );
  });

  it('of another workspace is not there, and nobody outside asks', async () => {
    await reveal(app.a.team.agent);
    for (const caller of [app.b.team.administrator, app.b.keys.administrator]) {
      expect((await reveal(caller)).status).toBe(404);
      for (const path of paths) {
        expect((await get(path, caller)).status).toBe(404);
      }
    }
    expect((await reveal({})).status).toBe(401);
  });

  it('that is not here yet does not say so before it is asked for', async () => {
    covered = await aReceivedFile(app, app.a, Buffer.from('<svg/>'), { isStranger: true });
    expect((await get('media', app.a.team.agent)).status).toBe(403);
    await reveal(app.a.team.agent);
    expect((await get('media', app.a.team.agent)).status).toBe(409);
  });

  it('stays covered for everybody when it is blocked, and is read by link when asked for', async () => {
    await app.http(`/api/v1/contacts/${covered.contactId}/block`, {
      ...app.a.team.administrator,
      method: 'PUT',
      body: { reason: 'sexual-harassment' },
    });
    expect((await get('media', app.a.team.agent)).status).toBe(403);
    await reveal(app.a.team.agent);
    expect((await get('media', app.a.team.agent)).status).toBe(200);
  });
});

it('a film of a stranger is covered, and what is not covered needs no asking', async () => {
  covered = await aReceivedFile(app, app.a, aFilm(), { type: 'video', isStranger: true });
  expect((await get('media', app.a.team.agent)).status).toBe(403);
  covered = await aReceivedFile(app, app.a, picture);
  expect((await reveal(app.a.team.agent)).status).toBe(204);
  const { rows } =
    await sql`select 1 from audit_event where subject_id = ${covered.messageId}`.execute(
      app.deps.db,
    );
  expect(rows).toEqual([]);
});
