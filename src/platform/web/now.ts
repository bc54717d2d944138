import { useSyncExternalStore } from 'react';

let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

const tick = () => {
  now = Date.now();
  for (const each of listeners) each();
};

// A page that slept in the background has an old clock.
const wake = () => {
  if (document.visibilityState === 'visible') tick();
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  if (timer === undefined) {
    now = Date.now();
    timer = setInterval(tick, 30_000);
    document.addEventListener('visibilitychange', wake);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    document.removeEventListener('visibilitychange', wake);
  };
};

/** The clock of the screen: one timer for all countdowns, which move every half minute. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
