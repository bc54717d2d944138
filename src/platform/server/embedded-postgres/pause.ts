import { setTimeout as delay } from 'node:timers/promises';

/** Waits; an abort ends the wait early and quietly. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}

/** Asks again and again until the answer is yes or the time is over; says which. */
export async function waitUntil(
  happened: () => boolean | Promise<boolean>,
  milliseconds: number,
): Promise<boolean> {
  const end = performance.now() + milliseconds;
  for (;;) {
    if (await happened()) return true;
    if (performance.now() >= end) return false;
    await pause(50);
  }
}
