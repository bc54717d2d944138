import { useSyncExternalStore } from 'react';
import type { Message } from '../../contract.ts';

/** A message that was sent from this page and is not yet confirmed by the server. */
export interface Outgoing {
  key: string;
  conversationId: string;
  text: string;
  replyTo: Message['replyTo'];
  at: string;
  /** Filled once the server has answered or its event has come. */
  messageId: string | null;
  /** The server could not be asked; it is tried again with the same key. */
  isWaiting: boolean;
}

let outgoing: readonly Outgoing[] = [];
const listeners = new Set<() => void>();
/** Which bubble became which message, so that the bubble is not drawn anew. */
const keyOfMessage = new Map<string, string>();

const publish = (next: readonly Outgoing[]): void => {
  outgoing = next;
  for (const listener of listeners) listener();
};

export const addOutgoing = (item: Outgoing): void => publish([...outgoing, item]);

export const updateOutgoing = (key: string, change: Partial<Outgoing>): void => {
  if (change.messageId) keyOfMessage.set(change.messageId, key);
  publish(outgoing.map((item) => (item.key === key ? { ...item, ...change } : item)));
};

export const removeOutgoing = (key: string): void =>
  publish(outgoing.filter((item) => item.key !== key));

export const getOutgoing = (): readonly Outgoing[] => outgoing;

/** An event may come before the answer of the request that caused it: the same text is then the same message. */
export function claimOutgoing(message: Message): void {
  if (message.direction !== 'out') return;
  const twin = outgoing.find(
    (item) =>
      item.messageId === null &&
      item.conversationId === message.conversationId &&
      item.text === message.text,
  );
  if (twin) updateOutgoing(twin.key, { messageId: message.id });
}

export const bubbleKey = (messageId: string): string => keyOfMessage.get(messageId) ?? messageId;

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useOutgoing = (): readonly Outgoing[] =>
  useSyncExternalStore(subscribe, () => outgoing);
