import { useSyncExternalStore } from 'react';
import { getViewer } from './viewer.ts';

export interface KeptInTab<T> {
  get: () => T;
  set: (next: T) => void;
  /** After signing out: the next person at this browser finds nothing. */
  forget: () => void;
  use: <Part>(part: (value: T) => Part) => Part;
}

/**
 * Something of one person that outlives a reload of the page, not the browser. Each person at this tab has their own.
 * `part` of `use` must give the same object for the same value. `toStore` leaves out what is not for the disk of this
 * computer: what other people wrote.
 */
export function keptInTab<T>(
  name: string,
  empty: T,
  isFit: (stored: unknown) => boolean,
  toStore: (value: T) => unknown = (value) => value,
) {
  const listeners = new Set<() => void>();
  let owner: string | null = null;
  let value = empty;
  const storageKey = () => `guarita.${name}.${owner}`;
  const read = (): T => {
    try {
      const stored: unknown = JSON.parse(sessionStorage.getItem(storageKey()) ?? 'null');
      return isFit(stored) ? (stored as T) : empty;
    } catch {
      return empty;
    }
  };
  const get = (): T => {
    const viewer = getViewer();
    if (viewer !== owner) {
      owner = viewer;
      value = viewer === null ? empty : read();
    }
    return value;
  };
  const publish = (next: T): void => {
    value = next;
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const kept: KeptInTab<T> = {
    get,
    set: (next) => {
      get();
      publish(next);
      if (owner === null) return;
      try {
        sessionStorage.setItem(storageKey(), JSON.stringify(toStore(next)));
      } catch {
        // Kept in memory only.
      }
    },
    forget: () => {
      get();
      sessionStorage.removeItem(storageKey());
      publish(empty);
    },
    use: (part) => useSyncExternalStore(subscribe, () => part(get())),
  };
  return kept;
}
