import type { Message } from '../../contract.ts';

/** Known by its kind alone, until its thread is read: its words are empty, not taken back. */
const isUnread = ({ type, text, revokedAt, withheld }: Message): boolean =>
  type === 'text' && text === null && revokedAt === null && withheld === null;

/** What a message shows of the one that it answers. */
export const quoteOf = (message: Message): NonNullable<Message['replyTo']> => ({
  id: message.id,
  direction: message.direction,
  type: message.type,
  text: isUnread(message) ? '' : message.text,
  summary: message.summary,
  // Told by the server with the reply itself.
  variant: null,
  withheld: message.withheld,
});
