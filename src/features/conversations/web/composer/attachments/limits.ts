import type { MediaKind } from '#features/media/contract.ts';

const MB = 1024 * 1024;

export interface Limit {
  readonly mimeTypes: readonly string[];
  readonly maxBytes: number;
}

const office = 'application/vnd.openxmlformats-officedocument';

/** What WhatsApp takes: the contract's list, which a page does not import for its weight; a test compares the two. */
export const limits: Readonly<Record<Exclude<MediaKind, 'voice'>, Limit>> = {
  image: { mimeTypes: ['image/jpeg', 'image/png'], maxBytes: 5 * MB },
  video: { mimeTypes: ['video/mp4', 'video/3gpp'], maxBytes: 16 * MB },
  audio: {
    mimeTypes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
    maxBytes: 16 * MB,
  },
  document: {
    mimeTypes: [
      'text/plain',
      'application/pdf',
      'application/msword',
      'application/vnd.ms-excel',
      'application/vnd.ms-powerpoint',
      `${office}.wordprocessingml.document`,
      `${office}.spreadsheetml.sheet`,
      `${office}.presentationml.presentation`,
    ],
    maxBytes: 100 * MB,
  },
  sticker: { mimeTypes: ['image/webp'], maxBytes: 500 * 1024 },
};

/** Of a sticker that does not move. */
export const longestStill = 100 * 1024;

/** What browsers call some of these, and the ends of names by which they go where a browser does not know them. */
const otherNames: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/mp3': 'audio/mpeg',
  'audio/vnd.dlna.adts': 'audio/aac',
  'audio/3gpp': 'audio/amr',
  'audio/opus': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'text/csv': 'text/plain',
  'image/jpg': 'image/jpeg',
};
const endings: Readonly<Record<string, string>> = {
  amr: 'audio/amr',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  m4a: 'audio/mp4',
  '3gp': 'video/3gpp',
  webp: 'image/webp',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
  pptx: `${office}.presentationml.presentation`,
  txt: 'text/plain',
  csv: 'text/plain',
};

/** A file by the type its browser tells, without parameters; by the end of its name where it tells none. */
export const typeOf = (file: { type: string; name: string }): string => {
  const told = file.type.split(';')[0]?.trim().toLowerCase() ?? '';
  const ending = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? '';
  const type = told === '' ? (endings[ending] ?? '') : told;
  return otherNames[type] ?? type;
};

export type PickedKind = keyof typeof limits;

const kindsInOrder: readonly PickedKind[] = ['image', 'video', 'audio', 'document', 'sticker'];

export const kindOfType = (type: string): PickedKind | null =>
  kindsInOrder.find((kind) => limits[kind].mimeTypes.includes(type)) ?? null;

/** For the browser's own dialog: types, and the ends of names for browsers that do not know the types. */
export const acceptOf = (kinds: readonly PickedKind[]): string => {
  const types = kinds.flatMap((kind) => limits[kind].mimeTypes);
  const ends = Object.entries(endings).flatMap(([end, type]) =>
    types.includes(type) ? `.${end}` : [],
  );
  return [...types, ...ends].join(',');
};
