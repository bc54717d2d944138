import type { MediaKind } from '../state/card.ts';

export type { MediaKind };

/** The five kinds of message that carry a file, with what WhatsApp takes of each. */
export const mediaKinds = ['image', 'video', 'audio', 'document', 'sticker'] as const;

const MB = 1024 * 1024;
const OFFICE = 'application/vnd.openxmlformats-officedocument';

const ACCEPTED: Record<MediaKind, { limit: number; types: readonly string[] }> = {
  image: { limit: 5 * MB, types: ['image/jpeg', 'image/png'] },
  video: { limit: 16 * MB, types: ['video/mp4', 'video/3gpp'] },
  audio: {
    limit: 16 * MB,
    types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
  },
  sticker: { limit: 500 * 1024, types: ['image/webp'] },
  document: {
    limit: 100 * MB,
    types: [
      'text/plain',
      'application/pdf',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      `${OFFICE}.wordprocessingml.document`,
      `${OFFICE}.spreadsheetml.sheet`,
      `${OFFICE}.presentationml.presentation`,
    ],
  },
};

const STILL_STICKER_LIMIT = 100 * 1024;

export const acceptedTypes: readonly string[] = Object.values(ACCEPTED).flatMap(
  ({ types }) => types,
);

/** `audio/ogg; codecs=opus` → `audio/ogg`. */
export function baseType(mimeType: string): string {
  return mimeType.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The kind a file of this type is stored under; null when WhatsApp takes no such file. */
export function kindOf(mimeType: string): MediaKind | null {
  const base = baseType(mimeType);
  return mediaKinds.find((kind) => ACCEPTED[kind].types.includes(base)) ?? null;
}

function startsWith(bytes: Buffer, text: string, at = 0): boolean {
  return bytes.toString('latin1', at, at + text.length) === text;
}

const SIGNATURES: readonly (readonly [string, (bytes: Buffer) => boolean])[] = [
  ['image/jpeg', (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8],
  ['image/png', (bytes) => startsWith(bytes, 'PNG', 1)],
  ['image/webp', (bytes) => startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)],
  ['image/gif', (bytes) => startsWith(bytes, 'GIF8')],
  ['audio/ogg', (bytes) => startsWith(bytes, 'OggS')],
  ['audio/amr', (bytes) => startsWith(bytes, '#!AMR')],
  ['audio/mpeg', (bytes) => startsWith(bytes, 'ID3')],
  ['application/pdf', (bytes) => startsWith(bytes, '%PDF-')],
  ['video/mp4', (bytes) => startsWith(bytes, 'ftyp', 4)],
  ['video/webm', (bytes) => bytes.readUInt32BE(0) === 0x1a45dfa3],
];

/** What the first bytes say the file is; null when they say nothing we know. */
export function typeFromBytes(bytes: Buffer): string | null {
  if (bytes.length < 16) return null;
  return SIGNATURES.find(([, test]) => test(bytes))?.[0] ?? null;
}

/** Types that one container may hold. */
const SAME_CONTAINER = new Set(['video/mp4', 'video/3gpp', 'audio/mp4']);

function isContradicted(declared: string, bytes: Buffer): boolean {
  const found = typeFromBytes(bytes);
  const isImage = declared.startsWith('image/') || declared === 'application/pdf';
  if (found === null) return isImage || declared === 'audio/ogg' || declared === 'video/mp4';
  if (SAME_CONTAINER.has(found) && SAME_CONTAINER.has(declared)) return false;
  return found !== declared && declared !== 'text/plain';
}

function isAnimated(bytes: Buffer): boolean {
  return startsWith(bytes, 'VP8X', 12) && ((bytes[20] ?? 0) & 2) !== 0;
}

function isMono(bytes: Buffer): boolean {
  const head = bytes.indexOf('OpusHead', 0, 'latin1');
  return head !== -1 && bytes[head + 9] === 1;
}

/** PNG of eight bits a channel, RGB or RGBA. */
function isPlainPng(bytes: Buffer): boolean {
  return bytes[24] === 8 && (bytes[25] === 2 || bytes[25] === 6);
}

interface Candidate {
  mimeType: string;
  bytes: Buffer;
}

function formatFault(base: string, bytes: Buffer): string | null {
  if (isContradicted(base, bytes)) return `The file is not of the type ${base}`;
  if (base === 'image/png' && !isPlainPng(bytes)) return 'PNG must have 8-bit RGB or RGBA pixels';
  if (base === 'audio/ogg' && !isMono(bytes)) return 'Ogg audio must hold one mono Opus track';
  return null;
}

/** Why WhatsApp would not process this file as that kind, or null. */
export function mediaFault(kind: MediaKind, { mimeType, bytes }: Candidate): string | null {
  const base = baseType(mimeType);
  const { limit, types } = ACCEPTED[kind];
  if (!types.includes(base)) return `${base} is not accepted for ${kind}`;
  const most = kind === 'sticker' && !isAnimated(bytes) ? STILL_STICKER_LIMIT : limit;
  if (bytes.length > most) return `${kind} of ${bytes.length} bytes is larger than ${most}`;
  if (bytes.length === 0) return 'The file is empty';
  return formatFault(base, bytes);
}
