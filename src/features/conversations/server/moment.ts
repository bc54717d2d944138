/** WhatsApp gives whole seconds: the latest moment of that second that is not after we heard of it. */
export const momentOf = (seconds: number, receivedAt: number): Date =>
  new Date(Math.min(seconds * 1000 + 999, receivedAt));
