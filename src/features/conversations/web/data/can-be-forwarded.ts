import type { Message } from '../../contract.ts';

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

/** Whether a message that is there can be sent on; one with a file only while the file is here. */
export const canBeForwarded = (message: Message, isFileHere: boolean): boolean => {
  switch (message.type) {
    case 'location':
    case 'contacts':
      return message.content !== null;
    case 'template':
      return hasFileHeader(message) ? isFileHere : Boolean(message.text);
    case 'order':
      return true;
    case 'flow-reply':
      return Boolean(message.text) || message.content !== null;
    default:
      return withWords.has(message.type) ? Boolean(message.text) : isFileHere;
  }
};
