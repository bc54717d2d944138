import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, inject } from 'vitest';
import { createPool, noLimits } from '../db.ts';
import { migrate } from '../migrate.ts';
import { dropDatabase, makeEmptyDatabase } from './test-postgres.ts';

const directory = fileURLToPath(new URL('../../../../migrations', import.meta.url));
const log = pino({ level: 'silent' });

export interface OlderDatabase {
  readonly pool: Pool;
  /** Brings it up to today. */
  migrate(): Promise<void>;
}

/** A database as an installation had it before this migration. Call it once in a file, outside of any test. */
export const aDatabaseBefore = (migration: number): OlderDatabase => {
  const database: { pool?: Pool } = {};
  let before: string;
  let url: string;
  beforeAll(async () => {
    before = await mkdtemp(join(tmpdir(), 'guarita-test-migrations-'));
    const numberOf = (path: string) => Number(/(\d{4})-[^/]*$/.exec(path)?.[1]);
    await cp(directory, before, {
      recursive: true,
      filter: (path) => !path.endsWith('.sql') || numberOf(path) < migration,
    });
    url = await makeEmptyDatabase(inject('adminUrl'));
    database.pool = createPool(url, log, 2, noLimits);
    await migrate(database.pool, before, log);
  }, 60_000);
  afterAll(async () => {
    await database.pool?.end();
    await dropDatabase(inject('adminUrl'), url);
    await rm(before, { recursive: true });
  });
  return Object.assign(database as { pool: Pool }, {
    migrate: () => migrate((database as { pool: Pool }).pool, directory, log),
  });
};
