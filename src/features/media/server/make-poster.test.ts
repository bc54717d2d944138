import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { framesCompared } from './ffmpeg-arguments.ts';
import { makePoster, type Poster, readFrame, readTold } from './make-poster.ts';
import { aRealFilm, filmToolsForTests, turned } from './testing/films.ts';
import { aFilm, aPicture } from './testing.ts';

// Films are made and looked into by processes of their own, on a machine that runs other tests.
vi.setConfig({ testTimeout: 60_000 });

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'guarita-poster-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const frames = (width: number, height: number, ...fills: readonly number[]): Buffer =>
  Buffer.concat([
    Buffer.from(`P6\n${width} ${height * framesCompared}\n255\n`),
    ...Array.from({ length: framesCompared }, (_, index) => {
      const points = Buffer.alloc(width * height * 3);
      points.fill(fills[index] ?? 0, 0, points.byteLength / 2);
      return points;
    }),
  ]);

describe('what ffmpeg wrote', () => {
  it('is the frame that shows most', () => {
    const frame = readFrame(frames(64, 32, 0, 20, 200, 90));
    expect(frame).toMatchObject({ width: 64, height: 32 });
    expect(frame?.points[0]).toBe(200);
    expect(readFrame(frames(2, 2))?.points).toEqual(Buffer.alloc(12));
  });

  it('is not believed: sizes must be small, and there must be as many points as it says', () => {
    const good = frames(64, 32);
    for (const bad of [
      Buffer.alloc(0),
      good.subarray(0, -1),
      Buffer.concat([good, Buffer.alloc(1)]),
      Buffer.from(good.toString('latin1').replace('P6', 'P5'), 'latin1'),
      Buffer.from(good.toString('latin1').replace('64 192', '64 191'), 'latin1'),
      Buffer.from('P6\n0 0\n255\n'),
      frames(641, 2),
      frames(2, 641),
    ]) {
      expect(readFrame(bad)).toBeUndefined();
    }
  });

  it('of the film are numbers that it may have, whatever is written in the film', () => {
    const told = [
      "Input #0, matroska,webm, from 'file:/data/x':",
      '  Metadata:',
      '    title           : Duration: 99:00:00.00, Video: vp8, 9999x9999',
      '    Duration        : 88:00:00.00, x',
      '  Duration: 00:01:05.50, start: 0.000000, bitrate: 42 kb/s',
      '  Stream #0:0(und): Audio: opus, 48000 Hz, mono, fltp (default)',
      '  Stream #0:1[0x2](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709), 1280x720 [SAR 1:1 DAR 16:9], 25 fps',
      'Output #0, image2pipe, to pipe:1:',
      '  Stream #0:0: Video: ppm, rgb24(pc), 640x360, q=2-31',
    ].join('\n');
    expect(readTold(told)).toEqual({ durationSeconds: 65.5, width: 1280, height: 720 });
    const nothing = { durationSeconds: null, width: null, height: null };
    expect(readTold('  Duration: N/A, bitrate: N/A\n')).toEqual(nothing);
    expect(readTold('')).toEqual(nothing);
  });
});

const tools = await filmToolsForTests();
if (tools !== undefined) {
  const posterOf = async (bytes: Buffer, mimeType = 'video/mp4', longestMs?: number) => {
    const path = join(dir, 'film');
    await writeFile(path, bytes);
    return makePoster(tools, path, mimeType, longestMs);
  };
  const made = (poster: Poster | string): Poster => {
    if (typeof poster === 'string') {
      throw new Error(poster);
    }
    return poster;
  };
  /** By a path: the product lets no picture be decoded from memory. */
  const look = async ({ thumbnail }: Poster) => {
    const path = join(dir, 'poster.webp');
    await writeFile(path, thumbnail);
    return sharp(path);
  };
  const sidesOf = async (poster: Poster) => {
    const { format, width, height } = await (await look(poster)).metadata();
    return { format, width, height };
  };

  describe('the poster of a film', () => {
    it.each([
      ['mp4', 'video/mp4'],
      ['3gp', 'video/3gpp'],
      ['webm', 'video/webm'],
    ] as const)('of %s is WebP in its own size', async (format, mimeType) => {
      const size = format === '3gp' ? '176x144' : '320x180';
      const film = await aRealFilm(tools, { sources: [`testsrc=d=2:s=${size}:r=25`], format });
      const poster = made(await posterOf(film, mimeType));
      const [width, height] = size.split('x').map(Number);
      expect(await sidesOf(poster)).toEqual({ format: 'webp', width, height });
      expect(poster).toMatchObject({ width, height, isUpright: false });
      expect(poster.durationSeconds).toBeCloseTo(2, 0);
    });

    it('of a large one is made smaller, and of one that lies stands upright', async () => {
      const large = await aRealFilm(tools, { sources: ['testsrc=d=1:s=1920x1080:r=10'] });
      expect(await sidesOf(made(await posterOf(large)))).toMatchObject({ width: 640, height: 360 });
      const upright = made(await posterOf(turned(large)));
      expect(await sidesOf(upright)).toMatchObject({ width: 360, height: 640 });
      expect(upright).toMatchObject({ isUpright: true, width: 1920, height: 1080 });
    });

    it('of one that begins with black is what comes after', async () => {
      const sources = ['color=black:d=1:s=160x90:r=25', 'testsrc=d=2:s=160x90:r=25'];
      const poster = made(await posterOf(await aRealFilm(tools, { sources })));
      const { channels } = await (await look(poster)).stats();
      expect(channels[1]?.mean).toBeGreaterThan(40);
    });

    it('of one frame is that frame', async () => {
      const film = await aRealFilm(tools, { more: ['-frames:v', '1'] });
      expect(await sidesOf(made(await posterOf(film)))).toMatchObject({ width: 320 });
    });
  });

  describe('a film that is none, or made to harm', () => {
    it('has no poster when it is cut off, empty, or has no frame', async () => {
      const film = await aRealFilm(tools);
      for (const bytes of [
        aFilm(),
        film.subarray(0, 40),
        film.subarray(0, film.byteLength / 2),
        Buffer.alloc(0),
      ]) {
        expect(await posterOf(bytes)).toBe('no-frame');
      }
      expect(await makePoster(tools, join(dir, 'nothing'), 'video/mp4')).toBe('no-frame');
    });

    it('has no poster when it is something else than it says', async () => {
      const [webm, mp4] = [await aRealFilm(tools, { format: 'webm' }), await aRealFilm(tools)];
      const list = '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n';
      const parts = 'ffconcat version 1.0\nfile /etc/passwd\n';
      for (const bytes of [webm, await aPicture(), Buffer.from(list), Buffer.from(parts)]) {
        expect(await posterOf(bytes)).toBe('no-frame');
      }
      expect(await posterOf(mp4, 'video/webm')).toBe('no-frame');
      expect(await posterOf(mp4, 'application/pdf')).toBe('type-not-looked-into');
    });

    it('has no poster when it is as large as a bomb', async () => {
      const sources = ['color=red:d=0.2:s=4096x4096:r=5'];
      const film = await aRealFilm(tools, { sources, format: '3gp', more: ['-f', 'mp4'] });
      expect(film.byteLength).toBeLessThan(2_000_000);
      expect(await posterOf(film)).toBe('no-frame');
      const path = join(dir, 'holes');
      await writeFile(path, await aRealFilm(tools));
      await truncate(path, 100_000_000);
      expect(typeof (await makePoster(tools, path, 'video/mp4'))).toBe('object');
    });

    it('is left when it takes too long', async () => {
      expect(await posterOf(await aRealFilm(tools), 'video/mp4', 1)).toBe('too-slow');
    });

    it('harms nobody, whichever bytes of it are changed', async () => {
      const film = await aRealFilm(tools);
      for (let at = 0; at < 12; at += 1) {
        const bytes = Buffer.from(film);
        const from = Math.floor((at * film.byteLength) / 12);
        bytes.fill(0xff, from, from + 24);
        const poster = await posterOf(bytes);
        expect(typeof poster === 'string' || poster.thumbnail.byteLength > 0).toBe(true);
      }
    });
  });
}
