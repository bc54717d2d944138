import type { Db } from '#platform/server/deps.ts';
import { countUnknownNumber } from './store.ts';

/** Webhooks that one of our apps signed, for numbers nobody has connected: only counted (gate.md, what enters). */
export const reportStrangers = async (
  db: Db,
  phoneNumberIds: readonly (string | null)[],
): Promise<void> => {
  for (const phoneNumberId of new Set(phoneNumberIds)) {
    if (phoneNumberId !== null) {
      await countUnknownNumber(db, phoneNumberId);
    }
  }
};
