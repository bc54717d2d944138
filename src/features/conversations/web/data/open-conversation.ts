import { useSyncExternalStore } from 'react';

let openId: string | null = null;
const listeners = new Set<() => void>();

/** Which conversation is on the screen: read by live events, the tone, and the command bar. */
export const getOpenConversationId = (): string | null => openId;

export const setOpenConversationId = (id: string | null): void => {
  openId = id;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useOpenConversationId = (): string | null =>
  useSyncExternalStore(subscribe, () => openId);
