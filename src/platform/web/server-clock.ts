/** An answer that took longer tells too little of what the clocks show. */
const slow = 10_000;

/** How far the server's clock is ahead of this computer's, in milliseconds. */
let ahead = 0;

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
}

/** What time it is by the server's clock, for moments that it is told of: this computer's may be wrong. */
export const serverNow = (): number => Date.now() + ahead;
