import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aFilm, aRealFilm, filmToolsForTests } from '#features/media/server/testing.ts';
import { readConfig } from '#platform/server/config.ts';
import { createLog } from '#platform/server/log.ts';
import { makeSample } from '../../../simulator/media/make-media.ts';
import { startServer } from './start-server.ts';
import type { Caller } from './testing/http-client.ts';
import { aReceivedFile } from './testing/received-picture.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

let app: TestApp;
const start = async (env: Readonly<Record<string, string>>): Promise<void> => {
  app = await startTestApp({ env });
};

const thumbnailOf = (id: string, caller: Caller) =>
  app.http(`/api/v1/messages/${id}/media/thumbnail`, caller);
const mediaOf = async (id: string): Promise<unknown> =>
  ((await app.http(`/api/v1/messages/${id}`, app.a.team.agent)).json as { media: unknown }).media;

describe('without ffmpeg', () => {
  beforeAll(() => start({ PATH: '/nowhere' }));
  afterAll(() => app.close());

  it('says so to whoever asks whether it is ready, and gives films without a poster', async () => {
    const ready = { status: 'ready', posters: 'no-ffmpeg' };
    expect((await app.http('/readyz')).json).toEqual(ready);
    const { messageId } = await aReceivedFile(app, app.a, aFilm(), { type: 'video' });
    expect(await mediaOf(messageId)).toMatchObject({ state: 'ready', hasThumbnail: false });
    expect((await thumbnailOf(messageId, app.a.team.agent)).status).toBe(404);
  });

  it('says so once in the log when it starts', async () => {
    const lines: string[] = [];
    const config = readConfig({
      ...{ DATABASE_URL: app.deps.databaseUrl, PATH: '/nowhere', PORT: '0', GUARITA_ROLES: 'web' },
      GUARITA_SECRET: 'a secret for tests, of thirty-two characters',
      GUARITA_JOURNAL: app.deps.journalFile,
    });
    const server = await startServer(config, createLog('info', { write: (l) => lines.push(l) }));
    await server.stop();
    const told = lines.filter((line) => line.includes('posters'));
    expect(told.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ code: 'no-ffmpeg', msg: 'films have no posters here' }),
    ]);
  });
});

const tools = await filmToolsForTests();
if (tools !== undefined) {
  describe('the poster of a film', () => {
    let film: Buffer;
    beforeAll(async () => {
      film = await aRealFilm(tools);
      await start({ PATH: '/usr/bin', GUARITA_FFMPEG: tools.ffmpeg });
    });
    afterAll(() => app.close());

    it('is given to whoever may see the film, and to no other workspace', async () => {
      expect((await app.http('/readyz')).json).toEqual({ status: 'ready', posters: 'on' });
      const { messageId } = await aReceivedFile(app, app.a, film, { type: 'video' });
      const { status, headers } = await thumbnailOf(messageId, app.a.team.agent);
      expect([status, headers.get('content-type')]).toEqual([200, 'image/webp']);
      expect(headers.get('content-security-policy')).toContain('sandbox');
      expect((await thumbnailOf(messageId, app.b.team.agent)).status).toBe(404);
      expect((await thumbnailOf(messageId, {})).status).toBe(401);
    });

    it('of a stranger is covered until it is asked for, for whoever asked alone', async () => {
      const as = { type: 'video', isStranger: true };
      const { messageId } = await aReceivedFile(app, app.a, film, as);
      expect(await mediaOf(messageId)).toMatchObject({ hasThumbnail: true, isCovered: true });
      const covered = await thumbnailOf(messageId, app.a.team.agent);
      expect([covered.status, covered.code, covered.headers.get('etag')]).toEqual([
        ...[403, 'media-covered', null],
      ]);
      const path = `/api/v1/messages/${messageId}/media/reveal`;
      await app.http(path, { ...app.a.team.agent, method: 'POST' });
      expect((await thumbnailOf(messageId, app.a.team.agent)).status).toBe(200);
      expect((await thumbnailOf(messageId, app.a.team.administrator)).status).toBe(403);
    });

    it('is made of what the team sends as well', async () => {
      const answer = await app.http('/api/v1/uploads', {
        ...app.a.team.agent,
        method: 'POST',
        rawBody: film,
        headers: { 'content-type': 'video/mp4' },
      });
      const upload = answer.json as { id: string };
      expect(upload).toMatchObject({ kind: 'video', width: 320, height: 180 });
      const conversation = app.a.threads[0]?.conversationId;
      const sent = await app.http(`/api/v1/conversations/${conversation}/messages`, {
        ...app.a.team.agent,
        method: 'POST',
        body: { type: 'video', uploadId: upload.id },
      });
      expect(sent.json).toMatchObject({ media: { hasThumbnail: true, durationSeconds: 2 } });
      const { id } = sent.json as { id: string };
      expect((await thumbnailOf(id, app.a.team.agent)).status).toBe(200);
    });

    it('is made of the film that the simulator sends', async () => {
      const { bytes } = makeSample('video');
      const { messageId } = await aReceivedFile(app, app.a, bytes, { type: 'video' });
      expect(await mediaOf(messageId)).toMatchObject({ state: 'ready', hasThumbnail: true });
    });
  });
}
