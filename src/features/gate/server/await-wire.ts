import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#platform/server/deps.ts';
import { findMessagesOnWire } from './queries.ts';

/** How long a block waits for requests that were under way when it came (G2). */
const longestWaitMs = 10_000;

/**
 * Waits until no request to WhatsApp that names this contact is without a recorded end, at most 10 s.
 * @returns the messages whose end is still not known
 */
export const awaitWire = async (
  db: Db,
  workspaceId: string,
  contactId: string,
): Promise<string[]> => {
  const giveUpAt = performance.now() + longestWaitMs;
  for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
    const onWire = await findMessagesOnWire(db, workspaceId, contactId);
    if (onWire.length === 0 || performance.now() >= giveUpAt) {
      return onWire;
    }
    await sleep(pause);
  }
};
