import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { inject } from 'vitest';
import { readConfig } from '../config.ts';
import { createDb, createPool } from '../db.ts';
import type { Deps } from '../deps.ts';
import { createFileStore } from '../files/index.ts';
import { createKeyed } from '../keyed-hash.ts';
import { cloneDatabase, dropDatabase } from './test-postgres.ts';

export interface TestDeps extends Deps {
  /** The address of this file's own database. */
  readonly databaseUrl: string;
  /** Of a journal of its own, for a server that is started on the same database. */
  readonly journalFile: string;
  close(): Promise<void>;
}

/** Real dependencies on a database of this test file's own. */
export const openTestDeps = async (
  env: Readonly<Record<string, string>> = {},
): Promise<TestDeps> => {
  const adminUrl = inject('adminUrl');
  const databaseUrl = await cloneDatabase(adminUrl);
  const log = pino({ level: 'silent' });
  const filesDir = join(tmpdir(), `guarita-test-files-${randomUUID()}`);
  const journalFile = join(filesDir, 'journal.log');
  const pool = createPool(databaseUrl, log, 8);
  return {
    config: readConfig({ GUARITA_JOURNAL: journalFile, ...env }),
    log,
    pool,
    db: createDb(pool),
    keyed: createKeyed('a secret for tests, of thirty-two characters'),
    files: createFileStore(filesDir),
    databaseUrl,
    journalFile,
    close: async () => {
      await pool.end();
      await rm(filesDir, { recursive: true, force: true });
      await dropDatabase(adminUrl, databaseUrl);
    },
  };
};
