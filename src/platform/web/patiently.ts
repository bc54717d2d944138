import { ApiProblem } from './http.ts';

/** Who is told to wait so often in a row is not being served. */
const mostWaits = 8;

const sleep = (seconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, seconds * 1_000);
  });

/**
 * For what takes many requests, one after the other: one that is told that there are too many (429) waits as long as it is told and
 * asks again.
 */
export const patiently = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (let waits = 0; ; waits += 1) {
    try {
      return await ask();
    } catch (error) {
      const isTooMany = error instanceof ApiProblem && error.status === 429;
      if (!isTooMany || waits >= mostWaits) throw error;
      await sleep(error.retryAfterSeconds ?? 1);
    }
  }
};
