import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A read that many ask for at once, made for all of them together: one at a time for each key, and no more often than
 * every `pauseMs`. Whoever asks gets an answer that was read after the question, so it holds all that was committed by
 * then; a lone question is answered at once.
 */
export const createSharedRead = <T>(
  read: (key: string) => Promise<T>,
  pauseMs: number,
): ((key: string) => Promise<T>) => {
  /** The last read begun for a key, and the one that everybody who asks meanwhile waits for. */
  const running = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<T>>();

  const begin = (key: string): Promise<T> => {
    next.delete(key);
    const reading = read(key);
    const resting = Promise.allSettled([reading, sleep(pauseMs, undefined, { ref: false })]).then(
      () => {
        if (running.get(key) === resting) {
          running.delete(key);
        }
      },
    );
    running.set(key, resting);
    return reading;
  };
  return (key) => {
    const current = running.get(key);
    if (current === undefined) {
      return begin(key);
    }
    const waiting = next.get(key) ?? current.then(() => begin(key));
    next.set(key, waiting);
    return waiting;
  };
};
