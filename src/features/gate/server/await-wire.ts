import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#platform/server/deps.ts';
import { findWithoutEnd, type OnWire } from './queries.ts';

/** How long a block waits for requests that were under way when it came (G2). */
export const longestWaitMs = 10_000;

/**
 * Waits until none of these requests to WhatsApp is without a recorded end, at most 10 s.
 * @param onWire what `findOnWire` told in the transaction of the block
 * @returns the messages whose end is still not known; a read mark is waited for, and names none of ours
 */
export const awaitWire = async (
  db: Db,
  workspaceId: string,
  onWire: readonly OnWire[],
): Promise<string[]> => {
  const giveUpAt = performance.now() + longestWaitMs;
  let left = onWire;
  for (let pause = 5; left.length > 0; pause = Math.min(pause * 2, 100)) {
    const open = await findWithoutEnd(
      db,
      workspaceId,
      left.map((one) => one.claimId),
    );
    left = left.filter((one) => open.has(one.claimId));
    if (left.length === 0 || performance.now() >= giveUpAt) {
      break;
    }
    await sleep(pause);
  }
  return [...new Set(left.flatMap((one) => (one.kind === 'send' ? [one.messageId] : [])))];
};
