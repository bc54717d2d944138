import { thumbnailSide } from './picture.ts';

/** How the films that phones make are packed, as ffmpeg calls it; whatever else is in a file is not looked for. */
const packedAs: Readonly<Record<string, { readonly format: string; readonly known: string }>> = {
  'video/mp4': { format: 'mov', known: 'mov,mp4,m4a,3gp,3g2,mj2' },
  'video/3gpp': { format: 'mov', known: 'mov,mp4,m4a,3gp,3g2,mj2' },
  'video/quicktime': { format: 'mov', known: 'mov,mp4,m4a,3gp,3g2,mj2' },
  'video/webm': { format: 'matroska', known: 'matroska,webm' },
};

/** What phones and browsers make films with. Every other decoder stays shut. */
const decoders = 'h264,hevc,mpeg4,h263,vp8,vp9,libdav1d';

/** 4K and a little more. */
const mostPixels = 10_000_000;
const mostSeconds = 10;
const mostBytesAtOnce = 256 * 1024 * 1024;
/** Of the first two seconds, more or less: films often begin with black. */
const frameStep = 12;
export const framesCompared = 6;

const inside = `w=min(${thumbnailSide}\\,iw):h=min(${thumbnailSide}\\,ih):force_original_aspect_ratio=decrease`;
const filters = [
  `select=not(mod(n\\,${frameStep}))`,
  `scale=${inside}`,
  'format=rgb24',
  // One picture of all of them, one below the other; a film that is shorter leaves black places.
  `tile=1x${framesCompared}`,
].join(',');

/** Head and points of the largest frames that are asked for. */
export const mostOutputBytes = 32 + framesCompared * thumbnailSide * thumbnailSide * 3;

/**
 * What the child may use: 1.5 GB of address space, 6 s of the processor, no file to write, no core to leave behind. Arguments of
 * `prlimit`, which then becomes the program named after them.
 */
export const limitArguments: readonly string[] = [
  '--as=1500000000',
  '--cpu=6',
  '--fsize=0',
  '--core=0',
  '--nofile=64',
  '--',
];

/**
 * What ffmpeg is told, so that it reads this one file as the type that its bytes were found to be, opens nothing else that the
 * file names, and writes a few small frames without a format that would have to be decoded again.
 * @param path whole, and of our own making: no part of it was chosen by a sender
 * @returns undefined for types that are not looked into
 */
export const ffmpegArguments = (path: string, mimeType: string): readonly string[] | undefined => {
  const packed = packedAs[mimeType];
  if (packed === undefined) {
    return undefined;
  }
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info'],
    ...['-max_alloc', String(mostBytesAtOnce), '-filter_threads', '1'],
    // Of the input: what comes before -i.
    ...['-protocol_whitelist', 'file', '-format_whitelist', packed.known],
    ...['-codec_whitelist', decoders, '-max_pixels', String(mostPixels), '-threads', '1'],
    ...['-probesize', '5000000', '-analyzeduration', '5000000', '-t', String(mostSeconds)],
    ...['-an', '-sn', '-dn', '-f', packed.format, '-i', `file:${path}`],
    // V, not v: a cover that a film carries with it is no frame of it.
    ...['-map', '0:V:0', '-map_metadata', '-1', '-frames:v', '1', '-vf', filters],
    ...['-threads', '1', '-c:v', 'ppm', '-f', 'image2pipe', 'pipe:1'],
  ];
};
