import { longestStillSticker, type MediaKind, type MediaLimit, mediaLimits } from '../contract.ts';
import { typeAs } from './file-type.ts';
import type { FileFacts } from './inspect-file.ts';

export type UploadVerdict =
  | { readonly kind: 'accepted'; readonly as: MediaKind; readonly mimeType: string }
  | { readonly kind: 'too-large'; readonly limit: MediaLimit }
  | { readonly kind: 'type-not-accepted' };

/** The older office files are one kind of box: which one only the name's end tells. */
const oldOffice: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
};

const endingOf = (fileName: string | null): string =>
  /\.([a-z0-9]{1,8})$/i.exec(fileName ?? '')?.[1]?.toLowerCase() ?? '';

const textEndings = new Set(['txt', 'csv']);

const typeOf = (facts: FileFacts, fileName: string | null): string => {
  const { mimeType } = facts;
  const ending = endingOf(fileName);
  if (facts.isOldText && textEndings.has(ending)) {
    return 'text/plain';
  }
  if (facts.isSoundOnly) {
    return typeAs('audio', mimeType) ?? mimeType;
  }
  return mimeType === 'application/x-cfb' ? (oldOffice[ending] ?? mimeType) : mimeType;
};

/** A recording in Ogg is a voice note, if it is Opus of one channel; WhatsApp takes no other. */
const kindOf = (facts: FileFacts, mimeType: string): MediaKind | undefined => {
  const found = mediaLimits.find(({ mimeTypes }) => mimeTypes.includes(mimeType))?.kind;
  switch (found) {
    case 'image':
    case 'sticker':
      return facts.thumbnail === null ? undefined : found;
    case 'audio':
      if (mimeType !== 'audio/ogg') {
        return found;
      }
      return facts.channels === 1 ? 'voice' : undefined;
    default:
      return found;
  }
};

const limitOf = (kind: MediaKind, isAnimated: boolean): MediaLimit | undefined => {
  const limit = mediaLimits.find((one) => one.kind === kind);
  return limit !== undefined && kind === 'sticker' && !isAnimated
    ? { ...limit, maxBytes: longestStillSticker }
    : limit;
};

/** What WhatsApp would take this file as, by its bytes. Pure. */
export const judgeUpload = (
  facts: FileFacts,
  sizeBytes: number,
  fileName: string | null,
): UploadVerdict => {
  const mimeType = typeOf(facts, fileName);
  const as = kindOf(facts, mimeType);
  const limit = as === undefined ? undefined : limitOf(as, facts.isAnimated);
  if (as === undefined || limit === undefined) {
    return { kind: 'type-not-accepted' };
  }
  return sizeBytes > limit.maxBytes
    ? { kind: 'too-large', limit }
    : { kind: 'accepted', as, mimeType };
};

/** Whether a stored file may be sent as this kind: what came from people is not always what WhatsApp takes from us. */
export const canBeSentAs = (
  kind: MediaKind,
  file: { readonly mimeType: string; readonly sizeBytes: number; readonly isAnimated: boolean },
): boolean => {
  const limit = limitOf(kind, file.isAnimated);
  return limit?.mimeTypes.includes(file.mimeType) === true && file.sizeBytes <= limit.maxBytes;
};
