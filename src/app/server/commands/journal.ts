import { recreateJournal, verifyJournal } from '#features/journal/server/index.ts';
import type { Config } from '#platform/server/config.ts';
import { withInstallation } from './open-installation.ts';

/**
 * Compares the whole journal with its signatures, and with the database.
 * @returns what to print
 * @throws JournalRefusedError with the same when they do not fit together
 */
export const verify = async (config: Config): Promise<string> => {
  const { last, unknown, place } = await withInstallation(config, verifyJournal);
  if (last === 0) {
    return `there is no journal in ${place} yet; the server begins it when it starts.`;
  }
  return [
    `the journal in ${place} is whole: ${last} lines`,
    unknown === 0
      ? 'The database knows all of them.'
      : `The database does not know the last ${unknown}: the next start does again what they say.`,
  ].join('\n');
};

/**
 * Makes a new journal of what the database knows.
 * @returns what to print
 */
export const recreate = async (config: Config): Promise<string> => {
  const { aside, written, place } = await withInstallation(config, recreateJournal);
  return [
    `a new journal is in ${place}: ${written} entries. What lay there before, if anything, is kept as ${aside}.`,
    'What only the journal before knew is not in it: what was removed, and who was blocked, after this database was backed up.',
    'The audit log of each workspace says installation.journal-recreated.',
  ].join('\n');
};
