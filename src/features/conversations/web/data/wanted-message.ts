import { useSyncExternalStore } from 'react';

interface Wanted {
  readonly conversationId: string;
  readonly messageId: string;
}

let wanted: Wanted | null = null;
const listeners = new Set<() => void>();

const set = (next: Wanted | null): void => {
  wanted = next;
  for (const listener of listeners) listener();
};

/** The conversation that is opened next opens at this message. */
export const wantMessage = (conversationId: string, messageId: string): void =>
  set({ conversationId, messageId });

export const forgetWantedMessage = (): void => set(null);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useWantedMessage = (conversationId: string): string | null =>
  useSyncExternalStore(subscribe, () =>
    wanted?.conversationId === conversationId ? wanted.messageId : null,
  );
