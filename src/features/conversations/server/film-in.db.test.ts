import { access, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { block } from '#features/gate/server/testing.ts';
import { namedFilesQuery } from '#features/media/server/index.ts';
import {
  aFilm,
  aMediaChannel,
  aPicture,
  aRealFilm,
  filmToolsForTests,
  runFetch,
} from '#features/media/server/testing.ts';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { createLog } from '#platform/server/log.ts';
import { purgeMessages } from './purge-messages.ts';
import { digest, mediaWorld, type Received } from './testing/media-world.ts';

const world = mediaWorld();
const workspaceId = () => world.stage().place.workspaceId;

let logLines: string[] = [];
beforeEach(() => {
  logLines = [];
});

/** The job as it runs where this ffmpeg is; undefined is a machine without one. */
const fetchWith = (
  ffmpeg: string | undefined,
  id: string,
  channel = aMediaChannel(aFilm()).channel,
): Promise<void> => {
  const deps = world.deps();
  const config = { ...deps.config, ffmpeg, searchPath: '/usr/bin' };
  const log = createLog('trace', { write: (line) => logLines.push(line) });
  const here: Deps = { ...deps, config, log };
  return runFetch(here, channel, workspaceId(), id);
};

const drops = async (): Promise<{ sha256: string; workspaceId: string }[]> => {
  const { rows } = await sql<{ payload: { sha256: string; workspaceId: string } }>`
    select payload from graphile_worker._private_jobs where key like ${`drop:${workspaceId()}:%`}`.execute(
    world.deps().db,
  );
  return rows.map(({ payload }) => payload);
};

const backedUp = async (): Promise<string[]> => {
  const { rows } = await world.deps().pool.query<{ hex: string; key: string }>({
    text: `select key, hex from (${namedFilesQuery}) as named (key, hex, size)`,
  });
  return rows.filter(({ key }) => key.startsWith(workspaceId())).map(({ hex }) => hex);
};

describe('a film on a machine that cannot look into it', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'guarita-no-ffmpeg-'));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const films = [
    ['turned off', undefined],
    ['without ffmpeg', '/nowhere/ffmpeg'],
  ] as const;
  it.each(films)('%s is here without a poster, and nothing is logged', async (_what, ffmpeg) => {
    const { id } = await world.receiveMedia('video');
    await fetchWith(ffmpeg, id);
    const facts = { state: 'ready', hasThumbnail: false, width: 640, durationSeconds: 5 };
    expect(await world.mediaOf(id)).toMatchObject(facts);
    expect(logLines.join('')).not.toContain('poster');
  });

  it.each([
    ['that fails', 'exit 3', 'no-frame'],
    ['that writes without end', 'exec yes', 'too-much-output'],
    ['that writes something else', 'echo frame', 'unreadable-frame'],
  ] as const)('with one %s is here, and the log has a code alone', async (_what, script, code) => {
    const ffmpeg = join(dir, 'ffmpeg');
    await writeFile(ffmpeg, `#!/bin/sh\n${script}\n`);
    await chmod(ffmpeg, 0o755);
    const { id } = await world.receiveMedia('video', { fileName: 'segredo.mp4' });
    await fetchWith(ffmpeg, id);
    expect(await world.mediaOf(id)).toMatchObject({ state: 'ready', hasThumbnail: false });
    const lines = logLines.filter((line) => line.includes('poster'));
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { level: 30, time: expect.any(String), code, msg: 'a film has no poster' },
    ]);
    expect(logLines.join('')).not.toContain('segredo');
  });
});

/** Comes about once the file at this path is there. */
const seen = (path: string): Promise<unknown> =>
  expect
    .poll(
      () =>
        access(path).then(
          () => true,
          () => false,
        ),
      { interval: 10 },
    )
    .toBe(true);

it('a film is not kept when its sender is blocked while it is looked into', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'guarita-slow-ffmpeg-'));
  const [ffmpeg, begun] = [join(dir, 'ffmpeg'), join(dir, 'begun')];
  await writeFile(ffmpeg, `#!/bin/sh\n: >${begun}\nsleep 1\n`);
  await chmod(ffmpeg, 0o755);
  const { id, contactId } = await world.receiveMedia('video');
  const fetched = fetchWith(ffmpeg, id);
  await seen(begun);
  await block(world.deps(), world.stage().admin, contactId);
  await fetched;
  expect(await world.mediaOf(id)).toMatchObject({ state: 'withheld', hasThumbnail: false });
  expect(await world.filesOfWorkspace()).toEqual([]);
  await rm(dir, { recursive: true });
});

const tools = await filmToolsForTests();
if (tools !== undefined) {
  let film: Buffer;
  beforeAll(async () => {
    film = await aRealFilm(tools);
  });
  const fetchReal = (id: string, bytes: Buffer) =>
    fetchWith(tools.ffmpeg, id, aMediaChannel(bytes).channel);
  const received = async (bytes: Buffer, kind: 'video' | 'document' = 'video') => {
    const message = await world.receiveMedia(kind);
    await fetchReal(message.id, bytes);
    return message;
  };
  const hashesOf = async ({ id }: Received): Promise<Buffer[]> => {
    const { rows } = await sql<{ film: Buffer; poster: Buffer }>`
      select sha256 as film, thumbnail_sha256 as poster from message_media where message_id = ${id}`.execute(
      world.deps().db,
    );
    return rows.flatMap((row) => [row.film, row.poster]);
  };

  describe('a film that came with a message', () => {
    it('has a poster beside it, covered like the film, and both are in a backup', async () => {
      const message = await received(film);
      const facts = { mimeType: 'video/mp4', width: 320, height: 180, durationSeconds: 2 };
      const poster = { hasThumbnail: true, isCovered: true, isAnimated: false };
      const media = await world.mediaOf(message.id);
      expect(media).toMatchObject({ state: 'ready', ...facts, ...poster });
      expect(await world.storedBytes(film)).toEqual(film);
      const named = (await hashesOf(message)).map((hash) => hash.toString('hex'));
      expect(named[0]).toBe(digest(film).toString('hex'));
      expect((await world.filesOfWorkspace()).map((key) => key.split('/').at(-1)).sort()).toEqual(
        [...named].sort(),
      );
      expect((await backedUp()).sort()).toEqual([...named].sort());
    });

    it('goes with its poster when it is purged', async () => {
      const { id } = await received(film);
      await inTx(world.deps(), systemActor(workspaceId()), (ctx) => purgeMessages(ctx, [id]));
      const files = await drops();
      expect(files).toHaveLength(2);
      for (const payload of files) {
        await world.upkeep('media.drop-file', payload);
      }
      expect(await world.filesOfWorkspace()).toEqual([]);
    });

    it('leaves neither film nor poster when its sender is blocked while it comes', async () => {
      const { id, contactId } = await world.receiveMedia('video');
      const duringDownload = async () => block(world.deps(), world.stage().admin, contactId);
      await fetchWith(tools.ffmpeg, id, aMediaChannel(film, { duringDownload }).channel);
      expect(await world.mediaOf(id)).toMatchObject({ state: 'withheld', hasThumbnail: false });
      expect(await world.filesOfWorkspace()).toEqual([]);
    });

    it('as a document is a file to be saved, without a poster', async () => {
      const { id } = await received(film, 'document');
      expect(await world.mediaOf(id)).toMatchObject({ state: 'ready', hasThumbnail: false });
    });

    it('whose head tells neither size nor length has them from its poster', async () => {
      const { id } = await received(await aRealFilm(tools, { format: 'webm' }));
      expect(await world.mediaOf(id)).toMatchObject({
        ...{ mimeType: 'video/webm', hasThumbnail: true },
        ...{ width: 320, height: 180, durationSeconds: expect.closeTo(2, 0) },
      });
    });

    it('cut off, of no frame, or something else behind its first words is here and has none', async () => {
      const half = film.subarray(0, film.byteLength / 2);
      const lies = Buffer.concat([film.subarray(0, 32), await aPicture()]);
      for (const bytes of [half, aFilm(), lies]) {
        const { id } = await received(bytes);
        const facts = { state: 'ready', mimeType: 'video/mp4', hasThumbnail: false };
        expect(await world.mediaOf(id)).toMatchObject(facts);
        expect(await world.storedBytes(bytes)).toEqual(bytes);
      }
      const codes = logLines
        .filter((line) => line.includes('poster'))
        .map((line) => (JSON.parse(line) as { code: string }).code);
      expect(codes).toEqual(['no-frame', 'no-frame', 'no-frame']);
    });
  });
}
