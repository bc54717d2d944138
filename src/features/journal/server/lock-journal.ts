import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '#platform/server/deps.ts';

const name = `hashtext('guarita.journal')`;
const lookEveryMs = 100;

/** Somebody else writes, for longer than this may wait. */
export class JournalBusyError extends Error {
  override readonly name = 'JournalBusyError';
}

/**
 * One process at a time reads how far the journal has come and writes into it. By a lock of the database's, on a connection
 * of its own and not in a transaction: a disk or a bucket is waited for meanwhile.
 * @param longestMs how long to wait for another process
 * @throws JournalBusyError
 */
export const withJournalLock = async <T>(
  { pool }: Pick<Deps, 'pool'>,
  longestMs: number,
  work: () => Promise<T>,
): Promise<T> => {
  const client = await pool.connect();
  let isHeld = false;
  try {
    for (const giveUpAt = performance.now() + longestMs; !isHeld; ) {
      const { rows } = await client.query<{ taken: boolean }>(
        `select pg_try_advisory_lock(${name}) as taken`,
      );
      isHeld = rows[0]?.taken === true;
      if (!isHeld && performance.now() >= giveUpAt) {
        throw new JournalBusyError('another process writes the journal');
      }
      if (!isHeld) {
        await sleep(lookEveryMs);
      }
    }
    return await work();
  } finally {
    if (isHeld) {
      // One that cannot give it back loses it with its connection.
      await client.query(`select pg_advisory_unlock(${name})`).then(
        () => client.release(),
        () => client.release(true),
      );
    } else {
      client.release();
    }
  }
};
