import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readConfig } from '#platform/server/config.ts';
import { type FilmTools, findFilmTools } from '../film-tools.ts';

const run = promisify(execFile);

/**
 * The ffmpeg of this machine. Where it is missing the tests that need it are not there, and a line says so.
 * @throws Error in continuous integration, where it must not be missing
 */
export const filmToolsForTests = async (): Promise<FilmTools | undefined> => {
  const tools = await findFilmTools(readConfig(process.env));
  if (typeof tools !== 'string') {
    return tools;
  }
  if (process.env['CI']) {
    throw new Error(`posters of films cannot be tested: ${tools} (apt-get install ffmpeg)`);
  }
  process.stdout.write(`posters of films are NOT tested here: ${tools}\n`);
  return undefined;
};

interface FilmWish {
  /** What is seen, as ffmpeg's own pictures of test are called. */
  readonly sources?: readonly string[];
  readonly format?: 'mp4' | 'webm' | '3gp';
  readonly more?: readonly string[];
}

const codecs = {
  mp4: ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
  '3gp': ['-c:v', 'mpeg4'],
  // Its encoder is slow: few frames.
  webm: ['-r', '5', '-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8'],
} as const;

/** A film as phones make them, with frames in it: two seconds of bars, unless something else is wished for. */
export const aRealFilm = async (
  { ffmpeg }: FilmTools,
  { sources = ['testsrc=d=2:s=320x180:r=25'], format = 'mp4', more = [] }: FilmWish = {},
): Promise<Buffer> => {
  const path = join(tmpdir(), `guarita-film-${randomUUID()}.${format}`);
  const inputs = sources.flatMap((source) => ['-f', 'lavfi', '-i', source]);
  const joined =
    sources.length > 1 ? ['-filter_complex', `concat=n=${sources.length}:v=1:a=0`] : [];
  const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'];
  try {
    await run(ffmpeg, [...quiet, ...inputs, ...joined, ...codecs[format], ...more, path]);
    return await readFile(path);
  } finally {
    await rm(path, { force: true });
  }
};

/** Of the box that says how a film lies: the film as a phone that is held upright writes it. */
export const turned = (film: Buffer): Buffer => {
  const copy = Buffer.from(film);
  const matrix = copy.indexOf('tkhd') + 4 + 40;
  [0, 0x1_0000, 0, -0x1_0000, 0, 0].forEach((value, at) => {
    copy.writeInt32BE(value, matrix + at * 4);
  });
  return copy;
};
