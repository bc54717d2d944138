import type { Message } from '../../contract.ts';

/** What a message shows of the one that it answers. */
export const quoteOf = (message: Message): NonNullable<Message['replyTo']> => ({
  id: message.id,
  direction: message.direction,
  type: message.type,
  text: message.text,
  withheld: message.withheld,
});
