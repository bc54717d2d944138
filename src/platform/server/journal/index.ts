/** A journal apart from the database: signed lines, one after another, in a file or in a bucket. */
import type { Config } from '../config.ts';
import { createBucketPlace } from './bucket-place.ts';
import { createFilePlace } from './file-place.ts';
import type { JournalPlace } from './journal-place.ts';

export {
  JournalDamagedError,
  type JournalHead,
  type JournalLine,
  macAtStart,
  readLines,
  writeLine,
} from './journal-line.ts';
export type { JournalPlace } from './journal-place.ts';

/** Where the journal of an installation lies, as it is configured. */
export const journalPlaceOf = ({ journal }: Pick<Config, 'journal'>): JournalPlace =>
  's3' in journal ? createBucketPlace(journal.s3) : createFilePlace(journal.file);
