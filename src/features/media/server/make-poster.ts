import { resolve } from 'node:path';
import type { Deps } from '#platform/server/deps.ts';
import { ffmpegArguments, framesCompared } from './ffmpeg-arguments.ts';
import { type FilmTools, findFilmTools } from './film-tools.ts';
import type { FileFacts } from './inspect-file.ts';
import { type Frame, frameToThumbnail, thumbnailSide } from './picture.ts';
import { plausible } from './recording.ts';
import { type NoFrame, runFfmpeg } from './run-ffmpeg.ts';

/** What is seen in a film, and what its head did not tell. */
export interface Poster {
  /** As the thumbnail of a picture: WebP, at most 640 px wide and high, upright. */
  readonly thumbnail: Buffer;
  readonly isUpright: boolean;
  readonly width: number | null;
  readonly height: number | null;
  readonly durationSeconds: number | null;
}

export type NoPoster = NoFrame | 'unreadable-frame' | 'type-not-looked-into';

/** How unlike the points of a frame are, by some of them: nothing for one that is all black, little for one that fades. */
const spreadOf = (points: Buffer): number => {
  let [count, sum, squares] = [0, 0, 0];
  for (let at = 1; at < points.byteLength; at += 3 * 31) {
    const green = points[at] ?? 0;
    count += 1;
    sum += green;
    squares += green * green;
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2;
};

/**
 * The frame that shows most, of those that ffmpeg wrote one below the other. They come from a program that has read a stranger's
 * bytes, so that nothing of it is believed.
 */
export const readFrame = (output: Buffer): Frame | undefined => {
  const found = /^P6\n(\d{1,3}) (\d{1,4})\n255\n/.exec(output.toString('latin1', 0, 20));
  const [head = '', width, all] = [found?.[0], Number(found?.[1]), Number(found?.[2])];
  const height = all / framesCompared;
  const isSmall = width > 0 && height > 0 && Math.max(width, height) <= thumbnailSide;
  const bytes = width * height * 3;
  if (
    !(isSmall && Number.isInteger(height)) ||
    output.byteLength !== head.length + bytes * framesCompared
  ) {
    return undefined;
  }
  const frames = Array.from({ length: framesCompared }, (_, index) =>
    output.subarray(head.length + index * bytes, head.length + (index + 1) * bytes),
  );
  const spreads = frames.map(spreadOf);
  const points = frames[spreads.indexOf(Math.max(...spreads))];
  return points && { width, height, points };
};

/** What ffmpeg says of its input; a film may say anything, and only numbers are taken. */
export const readTold = (told: string): Pick<Poster, 'width' | 'height' | 'durationSeconds'> => {
  const [input = ''] = told.split(/^Output #0/m);
  const time = /^ {2}Duration: (\d{2,3}):(\d\d):(\d\d\.\d\d),/m.exec(input);
  const sides = /^ {2}Stream #0:\d+.{0,40}?: Video: .*?, (\d{2,5})x(\d{2,5})[ ,\n]/m.exec(input);
  const seconds = Number(time?.[1]) * 3600 + Number(time?.[2]) * 60 + Number(time?.[3]);
  return {
    durationSeconds: time === null ? null : plausible(seconds),
    width: sides === null ? null : Number(sides[1]),
    height: sides === null ? null : Number(sides[2]),
  };
};

/** Each is a process of its own, and work for the processor. */
const mostAtOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

const inTurn = async <T>(task: () => Promise<T>): Promise<T> => {
  if (running >= mostAtOnce) {
    await new Promise<void>((go) => waiting.push(go));
  } else {
    running += 1;
  }
  try {
    return await task();
  } finally {
    const next = waiting.shift();
    if (next === undefined) {
      running -= 1;
    } else {
      next();
    }
  }
};

/**
 * The frame that stands for a film. Decoded by a child process within limits, because the bytes are a stranger's and the decoder
 * is large. Never throws.
 * @param longestMs by the clock; undefined for as long as is usual
 */
export const makePoster = async (
  tools: FilmTools,
  path: string,
  mimeType: string,
  longestMs?: number,
): Promise<Poster | NoPoster> => {
  const told = ffmpegArguments(resolve(path), mimeType);
  if (told === undefined) {
    return 'type-not-looked-into';
  }
  const answer = await inTurn(() => runFfmpeg(tools, told, longestMs));
  if (answer.kind === 'none') {
    return answer.code;
  }
  try {
    const frame = readFrame(answer.output);
    if (frame === undefined) {
      return 'unreadable-frame';
    }
    const isUpright = frame.height > frame.width;
    return { thumbnail: await frameToThumbnail(frame), isUpright, ...readTold(answer.told) };
  } catch {
    return 'unreadable-frame';
  }
};

/** Phones write upright films lying down and how to turn them: the sides as they are seen. */
const asSeen = (width: number | null, height: number | null, isUpright: boolean) =>
  width !== null && height !== null && width !== height && height > width !== isUpright
    ? { width: height, height: width }
    : { width, height };

/**
 * The facts of a film with its poster, and with what only a decoder can tell. Without ffmpeg, and for a film that cannot be
 * decoded, the facts as they are: it plays all the same. Why is logged as a code, without a word about the film.
 */
export const withPoster = async (
  { config, log }: Pick<Deps, 'config' | 'log'>,
  path: string,
  facts: FileFacts,
): Promise<FileFacts> => {
  const tools = await findFilmTools(config);
  if (typeof tools === 'string') {
    return facts;
  }
  const poster = await makePoster(tools, path, facts.mimeType);
  if (typeof poster === 'string') {
    log.info({ code: poster }, 'a film has no poster');
    return facts;
  }
  const { thumbnail, isUpright, durationSeconds } = poster;
  const [width, height] =
    facts.width === null || facts.height === null
      ? [poster.width, poster.height]
      : [facts.width, facts.height];
  return {
    ...facts,
    thumbnail,
    ...asSeen(width, height, isUpright),
    // In a film that is written in pieces the head says 0.
    durationSeconds: facts.durationSeconds || durationSeconds,
  };
};
