import type { MediaKind } from '#features/media/contract.ts';
import type { Message, MessageKind } from '../../../contract.ts';

const kinds = {
  image: true,
  video: true,
  audio: true,
  voice: true,
  document: true,
  sticker: true,
} satisfies Record<MediaKind, true>;

export const isMediaKind = (type: MessageKind): type is MediaKind => type in kinds;

/** A message whose file is told of. */
export type MediaMessage = Message & { type: MediaKind; media: NonNullable<Message['media']> };

export const isMediaMessage = (message: Message): message is MediaMessage =>
  message.media !== null && message.revokedAt === null && isMediaKind(message.type);

/** The file above the body of a template, as if it had come by itself; the text stays with the body. */
const templateFileOf = (message: Message): MediaMessage | null => {
  const kind = message.template?.header.kind;
  const { media, revokedAt } = message;
  if (media === null || revokedAt !== null) return null;
  return kind === 'image' || kind === 'video' || kind === 'document'
    ? { ...message, type: kind, text: null, media }
    : null;
};

/** What of a message is a file, whether it stands for itself or heads a template. */
export const fileOf = (message: Message): MediaMessage | null =>
  isMediaMessage(message) ? message : templateFileOf(message);

export type VisualKind = 'image' | 'video' | 'sticker';

export const isVisualKind = (type: MessageKind): type is VisualKind =>
  type === 'image' || type === 'video' || type === 'sticker';

/** Where its bytes are; the rights are asked for at each request. */
export const mediaUrl = (messageId: string): string => `/api/v1/messages/${messageId}/media`;
export const placeholderUrl = (messageId: string): string => `${mediaUrl(messageId)}/placeholder`;
export const thumbnailUrl = (messageId: string): string => `${mediaUrl(messageId)}/thumbnail`;
