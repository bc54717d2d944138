import type { Conversation } from '../../contract.ts';

const limit = 300;
const told = new Map<string, Conversation>();

/** What was last told of a conversation, also of one that no list shows any more. */
export const lastTold = (id: string): Conversation | undefined => told.get(id);

export function rememberTold(conversation: Conversation): void {
  told.delete(conversation.id);
  told.set(conversation.id, conversation);
  const [oldest] = told.keys();
  if (told.size > limit && oldest !== undefined) told.delete(oldest);
}

/** A conversation that is not there any more. */
export const forgetTold = (id: string): boolean => told.delete(id);

/** Changes what is remembered, such as of a message that may not be read any longer. */
export function changeTold(change: (conversation: Conversation) => Conversation): void {
  for (const [id, conversation] of told) told.set(id, change(conversation));
}
