import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import type { MediaKind } from '../contract.ts';

export const unknownType = 'application/octet-stream';

/** What the library calls by another name than WhatsApp (docs/whatsapp-cloud-api.md, 3). */
const sameAs: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/x-aac': 'audio/aac',
  'audio/opus': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'video/3gpp2': 'video/3gpp',
};

const sampleBytes = 64 * 1024;

/** Letters and line ends only. Mark-up and scripts are text as well, and are served as a file to be saved. */
const isText = (sample: Uint8Array, encoding = 'utf-8'): boolean => {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text holds is what is looked for
    return text !== '' && !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text);
  } catch {
    return false;
  }
};

const readSample = async (path: string): Promise<Uint8Array> => {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/** UTF-16 says so in its first two bytes; of one byte a letter is what most tables from office programs are. */
const oldEncodingOf = ([first, second]: Uint8Array): string => {
  if (first === 0xff && second === 0xfe) {
    return 'utf-16le';
  }
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'windows-1252';
};

/** Asked of a file of no known type: by its bytes alone it could be anything, so that a name must say as well that it is text. */
export const isOldText = async (path: string): Promise<boolean> => {
  const sample = await readSample(path);
  return isText(sample, oldEncodingOf(sample));
};

/** What a file is by its bytes, whatever it calls itself and whoever sent it. */
export const typeOfFile = async (path: string): Promise<string> => {
  // A file made to break the reader is of no type that we know.
  const found = await fileTypeFromFile(path).catch(() => undefined);
  const mime = found?.mime.split(';')[0]?.trim();
  // The library takes the mark of UTF-16 for the head of a sound that nobody makes any more (MPEG layer 1 with a checksum).
  if (mime !== undefined && mime !== 'audio/mpeg') {
    return sameAs[mime] ?? mime;
  }
  const sample = await readSample(path);
  if (mime !== undefined && oldEncodingOf(sample) !== 'utf-16le') {
    return mime;
  }
  return isText(sample) ? 'text/plain' : unknownType;
};

/** Boxes for sound and pictures alike: without a picture they are sound. */
const asSound: Readonly<Record<string, string>> = {
  'video/mp4': 'audio/mp4',
  'video/3gpp': 'audio/3gpp',
  'video/webm': 'audio/webm',
  'video/ogg': 'audio/ogg',
};

const pictures = /^image\/(jpeg|png|webp|gif|bmp|tiff|heic|heif|avif)$/;

/**
 * The type under which a file may stand in a message of this kind.
 * @returns undefined when it is something else than it was sent as
 */
export const typeAs = (kind: MediaKind, mimeType: string): string | undefined => {
  switch (kind) {
    case 'document':
      return mimeType;
    case 'image':
    case 'sticker':
      return pictures.test(mimeType) ? mimeType : undefined;
    case 'video':
      return mimeType.startsWith('video/') ? mimeType : undefined;
    case 'audio':
    case 'voice':
      return mimeType.startsWith('audio/') ? mimeType : asSound[mimeType];
  }
};
