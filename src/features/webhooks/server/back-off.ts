const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Before the second try, the third …; after the last there is none. */
const waits = [
  ...[5 * second, 30 * second, 5 * minute, 30 * minute],
  ...[2 * hour, 8 * hour, 24 * hour],
] as const;

/** Tries in all, over about a day and a half. */
export const mostAttempts = waits.length + 1;

/** An endpoint where nothing has arrived for this long is switched off. */
export const hopelessAfterDays = 5;

/**
 * How long after this many tries the next one comes.
 * @param random 0 to 1: up to a tenth more, so that not everybody comes back at once
 * @returns undefined when there was the last one
 */
export const waitAfter = (attempts: number, random = Math.random()): number | undefined => {
  const wait = waits[attempts - 1];
  return wait === undefined ? undefined : Math.round(wait * (1 + random / 10));
};
