import { useSyncExternalStore } from 'react';

/** Which picture or film is looked at, large. */
let openId: string | null = null;
const listeners = new Set<() => void>();

const set = (id: string | null): void => {
  openId = id;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const openViewer = (messageId: string): void => set(messageId);
export const closeViewer = (): void => set(null);
export const useViewedId = (): string | null => useSyncExternalStore(subscribe, () => openId);
