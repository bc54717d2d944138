import type { Message } from '../../contract.ts';

/** The text under way in a conversation, and what the socket has told meanwhile of messages with that text. */
interface Held {
  text: string;
  messages: Message[];
}

const held = new Map<string, Held>();

/** From now on until `release`: which of the messages told is the one being sent is known only by the answer. */
export function holdFor(conversationId: string, text: string): void {
  held.set(conversationId, { text, messages: held.get(conversationId)?.messages ?? [] });
}

/** Keeps a message back that may be the one whose answer is awaited. @returns whether it was kept back */
export function keepBack(message: Message, isKnown: boolean): boolean {
  const waiting = held.get(message.conversationId);
  if (!waiting || message.direction !== 'out' || isKnown) return false;
  // A file without a caption has no text.
  if ((message.text ?? '') !== waiting.text) return false;
  waiting.messages.push(message);
  return true;
}

/** @returns what was kept back, in the order it was told */
export function release(conversationId: string): Message[] {
  const messages = held.get(conversationId)?.messages ?? [];
  held.delete(conversationId);
  return messages;
}
