import { Readable } from 'node:stream';
import sharp from 'sharp';
import type { Channel, MediaAnswer, MediaLimits, MediaRequest } from '#channels/channel.ts';
import type { Actor, Db, Deps } from '#platform/server/deps.ts';
import type { Upload } from '../contract.ts';
import { fetchJobs } from './fetch-media.job.ts';
import { findServedFile } from './queries.ts';
import { takeUpload } from './take-upload.ts';

export { changeCoverSettings, chooseCovers } from './covers/change-covers.ts';
export { setAlwaysShown, setFlag } from './covers/contact-rule.ts';
export { makePlaceholder, readPicture } from './picture.ts';
export { drawPaper } from './testing/drawn-papers.ts';
export { alterCopy, asJpeg, drawTextured } from './testing/drawn-pictures.ts';
export { aRealFilm, filmToolsForTests } from './testing/films.ts';

/** Why the file of a message is withheld from this person; undefined when there is none, null when it is given. */
export const withholdingOf = async (db: Db, actor: Actor, messageId: string) =>
  (await findServedFile(db, actor, messageId))?.withheld;

/** A picture of one colour; unlike colours are unlike files. */
export const aPicture = (
  format: 'jpeg' | 'png' | 'webp' | 'gif' = 'jpeg',
  { width = 800, height = 400, colour = '#336699' } = {},
): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: colour }, limitInputPixels: false })
    .toFormat(format)
    .toBuffer();

/** A voice note of so many seconds, as far as its pages tell: no sound is in it. */
export const aVoiceNote = (seconds = 3): Buffer => {
  const page = (flags: number, samples: number, body: Buffer): Buffer => {
    const head = Buffer.alloc(28);
    head.write('OggS', 0);
    head[5] = flags;
    head.writeBigInt64LE(BigInt(samples), 6);
    head[26] = 1;
    head[27] = body.byteLength;
    return Buffer.concat([head, body]);
  };
  const opus = Buffer.alloc(19);
  opus.write('OpusHead', 0);
  opus[8] = 1;
  opus[9] = 1;
  opus.writeUInt16LE(312, 10);
  opus.writeUInt32LE(48_000, 12);
  return Buffer.concat([
    page(2, 0, opus),
    page(4, seconds * 48_000 + 312, Buffer.from('nothing to hear')),
  ]);
};

const box = (type: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.byteLength + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};

/** A track as its header and its handler tell: `vide`, `soun`. */
const trackOf = (handler: string, width = 0, height = 0): Buffer => {
  const track = Buffer.alloc(84);
  track.writeUInt16BE(width, 76);
  track.writeUInt16BE(height, 80);
  const told = Buffer.alloc(25);
  told.write(handler, 8, 'latin1');
  return box('trak', box('tkhd', track), box('mdia', box('hdlr', told)));
};

const aMovie = (brand: string, seconds: number, ...tracks: readonly Buffer[]): Buffer => {
  const header = Buffer.alloc(100);
  header.writeUInt32BE(1000, 12);
  header.writeUInt32BE(seconds * 1000, 16);
  return Buffer.concat([
    box('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}mp41`, 'latin1')),
    box('moov', box('mvhd', header), ...tracks),
    box('mdat', Buffer.alloc(64)),
  ]);
};

/** A film of so many seconds, as far as its boxes tell: no frame is in it. */
export const aFilm = (seconds = 5, width = 640, height = 360): Buffer =>
  aMovie('isom', seconds, trackOf('soun'), trackOf('vide', width, height));

/** The same box with sound alone in it, by the brand that its maker wrote into its head. */
export const aSound = (brand = 'isom', seconds = 5): Buffer =>
  aMovie(brand, seconds, trackOf('soun'));

export const aPdf = (): Buffer =>
  Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

/** What a channel is asked, in order. */
export interface MediaChannel {
  readonly channel: Pick<Channel, 'fetchMedia'>;
  /** Requests that were written: each after the gate let it pass. */
  readonly asked: ('address' | 'bytes')[];
}

interface Steps {
  /** Before the gate is asked for the bytes. */
  readonly betweenRequests?: () => Promise<unknown>;
  /** While the bytes come. */
  readonly duringDownload?: () => Promise<unknown>;
  readonly sha256?: Buffer | null;
}

/** A channel that asks the gate as a real one does, then gives these bytes. */
export const aMediaChannel = (
  bytes: Buffer,
  { betweenRequests, duringDownload, sha256 = null }: Steps = {},
): MediaChannel => {
  const asked: ('address' | 'bytes')[] = [];
  const fetchMedia = async (
    _request: MediaRequest,
    { mayAsk }: MediaLimits,
  ): Promise<MediaAnswer> => {
    if (!(await mayAsk())) {
      return { kind: 'not-asked' };
    }
    asked.push('address');
    await betweenRequests?.();
    if (!(await mayAsk())) {
      return { kind: 'not-asked' };
    }
    asked.push('bytes');
    const stream = async function* () {
      yield bytes.subarray(0, 10);
      await duringDownload?.();
      yield bytes.subarray(10);
    };
    return { kind: 'bytes', bytes: stream(), sha256 };
  };
  return { channel: { fetchMedia }, asked };
};

/** Runs the job that fetches the file of a message, once. */
export const runFetch = async (
  deps: Deps,
  channel: Pick<Channel, 'fetchMedia'>,
  workspaceId: string,
  messageId: string,
): Promise<void> => {
  for (const job of fetchJobs(channel)) {
    await job.runUnparsed({ workspaceId, messageId }, { deps, log: deps.log, attempt: 1 });
  }
};

/** Puts a file here to be sent, as the API does. */
export const anUpload = (
  deps: Deps,
  actor: Actor,
  bytes: Buffer,
  fileName?: string,
): Promise<Upload> => takeUpload(deps, actor, Readable.from([bytes]), fileName);

/** PNG that people have and WhatsApp does not take. */
export const oddPictures = (): Promise<Buffer[]> => {
  const flat = sharp({ create: { width: 64, height: 32, channels: 3, background: '#336699' } });
  return Promise.all([
    flat.clone().png({ palette: true }).toBuffer(),
    flat.clone().greyscale().toColourspace('b-w').png().toBuffer(),
    flat.clone().toColourspace('rgb16').png().toBuffer(),
  ]);
};

const element = (id: number, body: Buffer | 'open'): Buffer => {
  const name = Buffer.from(id.toString(16).padStart(2, '0'), 'hex');
  const size = Buffer.alloc(8, 0xff);
  if (body === 'open') {
    size[0] = 0x01;
    return Buffer.concat([name, size]);
  }
  size.writeBigUInt64BE(BigInt(body.byteLength) | (1n << 56n));
  return Buffer.concat([name, size, body]);
};

/** What a browser records: Opus in WebM, whose segment and cluster have no end yet. */
export const aRecording = (
  packets: readonly Buffer[],
  { codec = 'A_OPUS', channels = 1 } = {},
): Buffer => {
  const head = Buffer.from('OpusHead\x01\0\x38\x01\x80\xbb\0\0\0\0\0', 'latin1');
  head[9] = channels;
  const track = element(
    0xae,
    Buffer.concat([
      element(0xd7, Buffer.from([1])),
      element(0x86, Buffer.from(codec)),
      element(0x63a2, head),
    ]),
  );
  return Buffer.concat([
    element(0x1a45dfa3, element(0x4282, Buffer.from('webm'))),
    element(0x18538067, 'open'),
    element(0x1654ae6b, track),
    element(0x1f43b675, 'open'),
    element(0xe7, Buffer.from([0])),
    ...packets.map((packet) =>
      element(0xa3, Buffer.concat([Buffer.from([0x81, 0, 0, 0x80]), packet])),
    ),
  ]);
};
