import type { Message } from '../../contract.ts';
import { limits, longestStill } from '../composer/attachments/limits.ts';
import { fileOf } from '../thread/media/media-kinds.ts';

/** Sent on as they are, or in their words (decision 0044). */
const withWords = new Set<Message['type']>([
  'text',
  'button-reply',
  'list-reply',
  'flow-reply',
  'interactive',
  'order',
  'template',
]);

const hasFileHeader = ({ template }: Message): boolean =>
  template !== null &&
  template.header.kind !== 'none' &&
  template.header.kind !== 'text' &&
  template.header.kind !== 'location';

/** What came from people is not always what WhatsApp takes from us: an archive, a photo as a document, a HEIC. */
const isTaken = (message: Message): boolean => {
  const file = fileOf(message);
  if (file === null) return false;
  const { mimeType, sizeBytes, isAnimated } = file.media;
  const limit =
    file.type === 'voice' ? { ...limits.audio, mimeTypes: ['audio/ogg'] } : limits[file.type];
  const isStill = file.type === 'sticker' && !isAnimated;
  return (
    mimeType !== null &&
    limit.mimeTypes.includes(mimeType) &&
    (sizeBytes ?? 0) <= (isStill ? longestStill : limit.maxBytes)
  );
};

/** Whether a message that is there can be sent on; one with a file only while the file is here, and WhatsApp takes it from us. */
export const canBeForwarded = (message: Message, isFileHere: boolean): boolean => {
  switch (message.type) {
    case 'location':
    case 'contacts':
      return message.content !== null;
    case 'template':
      return hasFileHeader(message) ? isFileHere && isTaken(message) : Boolean(message.text);
    case 'order':
      return true;
    case 'flow-reply':
      return Boolean(message.text) || message.content !== null;
    default:
      return withWords.has(message.type) ? Boolean(message.text) : isFileHere && isTaken(message);
  }
};
