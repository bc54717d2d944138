import { useSyncExternalStore } from 'react';
import { onServerClock, serverNow } from './server-clock.ts';

let now = serverNow();
const listeners = new Set<() => void>();
let stop: (() => void) | undefined;

const tick = () => {
  now = serverNow();
  for (const each of listeners) each();
};

// A page that slept in the background has an old clock.
const wake = () => {
  if (document.visibilityState === 'visible') tick();
};

function start(): () => void {
  now = serverNow();
  const timer = setInterval(tick, 30_000);
  const stopListening = onServerClock(tick);
  document.addEventListener('visibilitychange', wake);
  return () => {
    clearInterval(timer);
    stopListening();
    document.removeEventListener('visibilitychange', wake);
  };
}

export function watchNow(listener: () => void): () => void {
  listeners.add(listener);
  stop ??= start();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = undefined;
  };
}

export const readNow = (): number => now;

/** The clock of the screen, which is the server's: one timer for all countdowns, which move every half minute. */
export const useNow = (): number => useSyncExternalStore(watchNow, readNow);
