/** An answer that took longer tells too little of what the clocks show. */
const slow = 10_000;

/** Answers differ by as much in what they tell, because of their whole seconds and their way here. */
const inexact = 5000;

/** How far the server's clock is ahead of this computer's, in milliseconds. */
let ahead = 0;
/** What was told to those who listen. */
let toldAhead = 0;
const listeners = new Set<() => void>();

function tell(): void {
  if (Math.abs(ahead - toldAhead) <= inexact) return;
  toldAhead = ahead;
  for (const each of listeners) each();
}

/**
 * Compares the clocks by an answer of the server.
 * @param date its `Date`, in whole seconds
 * @param askedAt when it was asked, by the clock of this computer
 */
export function compareClocks(date: string | null, askedAt: number): void {
  const now = Date.now();
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at) || now < askedAt || now - askedAt > slow) return;
  // It was written between the two: within them, and the second that it is cut to, the clocks agree.
  if (at + 1000 < askedAt) ahead = at - askedAt;
  else ahead = at > now ? at - now : 0;
  tell();
}

/** A moment that this computer has noted, by the server's clock. */
export const byServerClock = (moment: number): number => moment + ahead;

/** What time it is by the server's clock, for moments that it is told of: this computer's may be wrong. */
export const serverNow = (): number => byServerClock(Date.now());

/** Tells when the server's clock turns out to show another time than was thought. */
export function onServerClock(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
