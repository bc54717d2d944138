import { useSyncExternalStore } from 'react';

export const themes = ['system', 'light', 'dark'] as const;

/** What one person chooses for one browser. */
export interface Preferences {
  theme: (typeof themes)[number];
  sound: boolean;
  /** Messages are told of outside the page as well; only after a deliberate click. */
  notifications: boolean;
  /** What they say is the message too, not only from whom it is. */
  notificationText: boolean;
  /** Shortcuts of a single key or Alt+letter. */
  keys: boolean;
  /** The contact panel of the conversation screen, where there is room for it. */
  panel: boolean;
  /** The list last looked at. */
  view: 'mine' | 'queue' | 'all';
  /** Of which number of ours that list was; empty: of all. */
  number: string;
  /** The language last used here, for the pages before sign-in. */
  language: string;
}

const initial: Preferences = {
  theme: 'system',
  sound: true,
  notifications: false,
  notificationText: true,
  keys: true,
  panel: true,
  view: 'all',
  number: '',
  language: 'pt-BR',
};

const storageKey = 'guarita.preferences';

const read = (): Preferences => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return { ...initial, ...(typeof stored === 'object' ? stored : {}) };
  } catch {
    return initial;
  }
};

let current = read();
const listeners = new Set<() => void>();

const applyTheme = (): void => {
  if (current.theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = current.theme;
};

const publish = (next: Preferences): void => {
  current = next;
  applyTheme();
  for (const listener of listeners) listener();
};

// Another tab of the same browser.
window.addEventListener('storage', (event) => {
  if (event.key === storageKey) publish(read());
});

export const getPreference = <K extends keyof Preferences>(key: K): Preferences[K] => current[key];

export function setPreference<K extends keyof Preferences>(key: K, value: Preferences[K]): void {
  publish({ ...current, [key]: value });
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing still keeps it while the page is open.
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function usePreference<K extends keyof Preferences>(
  key: K,
): [Preferences[K], (value: Preferences[K]) => void] {
  const value = useSyncExternalStore(subscribe, () => current[key]);
  return [value, (next) => setPreference(key, next)];
}
