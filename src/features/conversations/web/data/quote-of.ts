import type { Message } from '../../contract.ts';

/** What a message shows of the one that it answers. */
export const quoteOf = (message: Message): NonNullable<Message['replyTo']> => ({
  id: message.id,
  direction: message.direction,
  type: message.type,
  text: message.text,
  summary: message.summary,
  // Told by the server with the reply itself.
  variant: null,
  withheld: message.withheld,
});
