import type { ByteRange } from '#platform/server/files/index.ts';

/** What a browser only draws or plays. Everything else, and all that could act, is saved as a file. */
const inlineTypes =
  /^(image\/(jpeg|png|webp|gif)|audio\/(aac|amr|mpeg|mp4|ogg|webm|wav|3gpp)|video\/(mp4|3gpp|webm|quicktime))$/;

export interface FileToServe {
  readonly sha256: Buffer;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly fileName: string | null;
  /** A picture that could not be decoded here is not handed to anybody's browser to decode. */
  readonly hasThumbnail: boolean;
}

const isInline = ({ mimeType, hasThumbnail }: FileToServe): boolean =>
  inlineTypes.test(mimeType) && (hasThumbnail || !mimeType.startsWith('image/'));

/** RFC 6266, with the name in both spellings. */
const disposition = (kind: 'inline' | 'attachment', fileName: string | null): string => {
  if (fileName === null) {
    return kind;
  }
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
};

export const etagOf = (sha256: Buffer): string => `"${sha256.toString('hex')}"`;

/**
 * A file of a stranger comes as what its bytes are, is never guessed at, runs nothing, and is asked for again each time:
 * whether the reader may still see it is decided anew (a cover, a block, a role).
 */
export const headersOf = (file: FileToServe): Record<string, string> => ({
  'content-type': isInline(file) ? file.mimeType : 'application/octet-stream',
  'content-disposition': disposition(isInline(file) ? 'inline' : 'attachment', file.fileName),
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-cache',
  'accept-ranges': 'bytes',
  etag: etagOf(file.sha256),
});

/** RFC 9110, 13.1.2: a weak comparison of any of those listed. */
export const isNotModified = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .some((one) => one === '*' || one === etag);

export type RangeAnswer =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly range: ByteRange }
  | { readonly kind: 'none' };

const whole: RangeAnswer = { kind: 'whole' };

/** One range of bytes. Several, other units and what cannot be read are answered with the whole file (RFC 9110, 14.2). */
export const readRange = (header: string | undefined, size: number): RangeAnswer => {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [, from = '', to = ''] = found ?? [];
  if (found === null || (from === '' && to === '')) {
    return whole;
  }
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) {
    return whole;
  }
  return first >= size || (from === '' && Number(to) === 0)
    ? { kind: 'none' }
    : { kind: 'part', range: { first, last } };
};
