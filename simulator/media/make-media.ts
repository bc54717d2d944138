import { drawReceipt } from './draw-png.ts';
import type { MediaKind } from './media-kinds.ts';
import { samples } from './sample-bytes.ts';
import { writePdf } from './write-pdf.ts';

export const sampleNames = [
  'photo',
  'receipt',
  'video',
  'voice',
  'pdf',
  'text',
  'sticker',
  'animated-sticker',
] as const;

export type SampleName = (typeof sampleNames)[number];

/** A file before it has an id. */
export interface MadeFile {
  bytes: Buffer;
  mimeType: string;
  fileName: string | null;
}

const decoded = (text: string) => Buffer.from(text, 'base64');

function receiptLines(seed: number): string[] {
  return [
    'Comprovante de pagamento',
    '',
    `Pedido 10${String(400 + (seed % 600))}`,
    'Café torrado 250 g    2 x R$ 24,90',
    'Frete                 R$ 12,00',
    'Total                 R$ 61,80',
    '',
    'Documento de demonstração, sem valor fiscal.',
  ];
}

const MAKERS: Record<SampleName, (seed: number) => MadeFile> = {
  photo: () => ({ bytes: decoded(samples.photo), mimeType: 'image/jpeg', fileName: null }),
  receipt: (seed) => ({ bytes: drawReceipt(seed), mimeType: 'image/png', fileName: null }),
  video: () => ({ bytes: decoded(samples.video), mimeType: 'video/mp4', fileName: null }),
  voice: () => ({
    bytes: decoded(samples.voice),
    mimeType: 'audio/ogg; codecs=opus',
    fileName: null,
  }),
  pdf: (seed) => ({
    bytes: writePdf(receiptLines(seed)),
    mimeType: 'application/pdf',
    fileName: 'comprovante.pdf',
  }),
  text: (seed) => ({
    bytes: Buffer.from(`${receiptLines(seed).join('\n')}\n`),
    mimeType: 'text/plain',
    fileName: 'pedido.txt',
  }),
  sticker: () => ({ bytes: decoded(samples.sticker), mimeType: 'image/webp', fileName: null }),
  'animated-sticker': () => ({
    bytes: decoded(samples.animatedSticker),
    mimeType: 'image/webp',
    fileName: null,
  }),
};

const USUAL: Record<MediaKind, SampleName> = {
  image: 'photo',
  video: 'video',
  audio: 'voice',
  document: 'pdf',
  sticker: 'sticker',
};

export function usualSample(kind: MediaKind): SampleName {
  return USUAL[kind];
}

/** Filler after the end of the file: decoders stop before it. */
function padded(bytes: Buffer, size: number): Buffer {
  return size <= bytes.length
    ? bytes
    : Buffer.concat([bytes, Buffer.alloc(size - bytes.length, 0x20)]);
}

/**
 * A sample. With a seed its bytes are like no other's; with a size it is filled up to so many
 * bytes.
 */
export function makeSample(
  name: SampleName,
  { seed, bytes: size }: { seed?: number | undefined; bytes?: number | undefined } = {},
): MadeFile {
  const made = MAKERS[name](seed ?? 0);
  const marked =
    seed === undefined ? made.bytes : Buffer.concat([made.bytes, Buffer.from(` ${seed}`)]);
  return { ...made, bytes: padded(marked, size ?? 0) };
}
