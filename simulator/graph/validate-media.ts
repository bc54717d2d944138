import type { MediaKind } from '../media/media-kinds.ts';
import { invalid, isObject, type Json, missing, optionalText } from './fields.ts';

/** A file that a message names. */
export interface MediaUse {
  kind: MediaKind;
  id: string | null;
  link: string | null;
  fileName: string | null;
  isVoice: boolean;
  /** Where it stands, for error texts. */
  place: string;
}

const CAPTION = 1_024;
const WITH_CAPTION = new Set<MediaKind>(['image', 'video', 'document']);

/** Reads the object of a file, in a message of its kind or in a header. */
export function readMediaUse(kind: MediaKind, content: Json, place: string = kind): MediaUse {
  const { id, link, filename, voice } = content;
  if ((id === undefined) === (link === undefined)) {
    if (id === undefined) throw missing(`${place}.id`);
    throw invalid(`${place} may hold id or link, not both`);
  }
  if (id !== undefined && typeof id !== 'string' && typeof id !== 'number') {
    throw invalid(`${place}.id`);
  }
  const isWeb = typeof link === 'string' && /^https?:/.test(link) && URL.canParse(link);
  if (link !== undefined && !isWeb) throw invalid(`${place}.link is not a valid URL`);
  return {
    kind,
    id: id === undefined ? null : String(id),
    link: typeof link === 'string' ? link : null,
    fileName: optionalText(filename, `${place}['filename']`, 240),
    isVoice: voice === true,
    place,
  };
}

/** Reads a message of a file; its caption is its text. */
export function readMediaMessage(kind: MediaKind, content: Json): { use: MediaUse; text: string } {
  const use = readMediaUse(kind, content);
  const caption = content['caption'];
  if (caption !== undefined && !WITH_CAPTION.has(kind)) throw invalid(`${kind} has no caption`);
  return { use, text: optionalText(caption, `${kind}['caption']`, CAPTION) ?? '' };
}

const HEADER_KINDS: readonly MediaKind[] = ['image', 'video', 'document'];

/** The file of an interactive header, or of a template header's parameter. */
export function readHeaderMedia(header: Json, place: string): MediaUse | null {
  const kind = HEADER_KINDS.find((one) => one === header['type']);
  if (kind === undefined) return null;
  const content = header[kind];
  if (!isObject(content)) throw missing(`${place}.${kind}`);
  return readMediaUse(kind, content, `${place}.${kind}`);
}
