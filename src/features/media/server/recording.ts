import { type FileHandle, open } from 'node:fs/promises';

/** What the head or the tail of a recording tells without decoding any of it. */
export interface Recording {
  readonly durationSeconds: number | null;
  readonly width: number | null;
  readonly height: number | null;
  /** Of Opus in Ogg; null where it is not looked at. */
  readonly channels: number | null;
  /** A movie's box with sound in it and no pictures: tracks say what they are. False where it is not looked at. */
  readonly isSoundOnly: boolean;
}

const nothing: Recording = {
  durationSeconds: null,
  width: null,
  height: null,
  channels: null,
  isSoundOnly: false,
};
/** Longer ones are not believed. */
const longestSeconds = 7 * 86_400;

/** Rounded to hundredths; null for what no recording lasts. */
export const plausible = (seconds: number): number | null =>
  Number.isFinite(seconds) && seconds >= 0 && seconds <= longestSeconds
    ? Math.round(seconds * 100) / 100
    : null;

const read = async (file: FileHandle, at: number, length: number): Promise<Buffer> => {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
};

const tailBytes = 64 * 1024;

/** Ogg: the last page says how many samples went before it. Opus counts 48,000 a second. */
const readOgg = async (file: FileHandle, size: number): Promise<Recording> => {
  const head = await read(file, 0, 128);
  const opus = head.indexOf('OpusHead');
  if (opus === -1 || head.byteLength < opus + 12) {
    return nothing;
  }
  const tail = await read(file, Math.max(0, size - tailBytes), tailBytes);
  const page = tail.lastIndexOf('OggS');
  if (page === -1 || tail.byteLength < page + 14) {
    return nothing;
  }
  const samples = Number(tail.readBigInt64LE(page + 6)) - head.readUInt16LE(opus + 10);
  return {
    ...nothing,
    durationSeconds: plausible(samples / 48_000),
    channels: head[opus + 9] ?? null,
  };
};

interface Box {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

/** A file made by hand can hold any number of boxes. */
const mostBoxes = 200;

const boxesIn = async (file: FileHandle, from: number, to: number): Promise<Box[]> => {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to && boxes.length < mostBoxes; ) {
    const head = await read(file, at, 16);
    if (head.byteLength < 8) {
      break;
    }
    const short = head.readUInt32BE(0);
    const isLong = short === 1 && head.byteLength === 16;
    const length = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - at : short;
    if (length < 8 || at + length > to) {
      break;
    }
    boxes.push({
      type: head.toString('latin1', 4, 8),
      from: at + (isLong ? 16 : 8),
      to: at + length,
    });
    at += length;
  }
  return boxes;
};

const durationOf = async (file: FileHandle, box: Box): Promise<number | null> => {
  const bytes = await read(file, box.from, 32);
  if (bytes.byteLength < 32) {
    return null;
  }
  return bytes[0] === 1
    ? plausible(Number(bytes.readBigUInt64BE(24)) / bytes.readUInt32BE(20))
    : plausible(bytes.readUInt32BE(16) / bytes.readUInt32BE(12));
};

/** Width and height stand at the end of a track's header, as 16.16 numbers; those of sound are 0. */
const sidesOf = async (
  file: FileHandle,
  box: Box,
): Promise<{ width: number; height: number } | undefined> => {
  const bytes = await read(file, Math.max(box.from, box.to - 8), 8);
  const [width, height] =
    bytes.byteLength === 8 ? [bytes.readUInt16BE(0), bytes.readUInt16BE(4)] : [0, 0];
  return width > 0 && height > 0 ? { width, height } : undefined;
};

/** What a track is made for: `vide`, `soun`, … ; undefined when it does not say so. */
const handlerOf = async (file: FileHandle, parts: readonly Box[]): Promise<string | undefined> => {
  const media = parts.find(({ type }) => type === 'mdia');
  const inside = media === undefined ? [] : await boxesIn(file, media.from, media.to);
  const handler = inside.find(({ type }) => type === 'hdlr');
  return handler === undefined
    ? undefined
    : (await read(file, handler.from + 8, 4)).toString('latin1');
};

/** MP4 and its kin: the movie's header tells the duration, a track's header the sides. */
const readMp4 = async (file: FileHandle, size: number): Promise<Recording> => {
  const movie = (await boxesIn(file, 0, size)).find(({ type }) => type === 'moov');
  if (movie === undefined) {
    return nothing;
  }
  const parts = await boxesIn(file, movie.from, movie.to);
  const header = parts.find(({ type }) => type === 'mvhd');
  let sides: { width: number; height: number } | undefined;
  const handlers: (string | undefined)[] = [];
  for (const track of parts.filter(({ type }) => type === 'trak')) {
    const inside = await boxesIn(file, track.from, track.to);
    const [first] = inside;
    sides ??= first?.type === 'tkhd' ? await sidesOf(file, first) : undefined;
    handlers.push(await handlerOf(file, inside));
  }
  return {
    ...nothing,
    durationSeconds: header === undefined ? null : await durationOf(file, header),
    width: sides?.width ?? null,
    height: sides?.height ?? null,
    isSoundOnly:
      sides === undefined && handlers.length > 0 && handlers.every((handler) => handler === 'soun'),
  };
};

/** Duration and sides where they are cheap to know. The poster of a film needs a decoder (`make-poster.ts`). */
export const readRecording = async (
  path: string,
  size: number,
  mimeType: string,
): Promise<Recording> => {
  const isOgg = /^(audio|video)\/ogg$/.test(mimeType);
  const isMp4 = /^(audio|video)\/(mp4|3gpp|quicktime)$/.test(mimeType);
  if (!(isOgg || isMp4)) {
    return nothing;
  }
  const file = await open(path, 'r');
  try {
    return await (isOgg ? readOgg(file, size) : readMp4(file, size));
  } finally {
    await file.close();
  }
};
