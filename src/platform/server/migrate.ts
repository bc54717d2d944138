import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import type { Pool, PoolClient } from 'pg';
import type { Logger } from 'pino';
import { isUnfinished } from './backup/unfinished-mark.ts';
import { grantToServer, roleOf } from './server-role.ts';

/** Any number; it only has to be the same in every process. */
const migrationLock = 7_204_118;

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

const readMigrations = async (directory: string): Promise<Migration[]> => {
  const names = (await readdir(directory)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(directory, name), 'utf8');
      const hash = createHash('sha256').update(text).digest('hex');
      return { number: Number(name.slice(0, 4)), name, text, hash };
    }),
  );
};

const applyOne = async (client: PoolClient, migration: Migration): Promise<void> => {
  await client.query('begin');
  try {
    await client.query(migration.text);
    await client.query('insert into schema_migration (number, name, hash) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.hash,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${migration.name} failed`, { cause: error });
  }
};

const applyMissing = async (client: PoolClient, all: readonly Migration[]): Promise<number> => {
  // Asked for first: a role that owns nothing may not even try to create what is there.
  const { rows: found } = await client.query<{ isThere: boolean }>(
    `select to_regclass('schema_migration') is not null as "isThere"`,
  );
  if (found[0]?.isThere !== true) {
    await client.query(`create table schema_migration (
      number integer primary key, name text not null, hash text not null,
      applied_at timestamptz not null default clock_timestamp())`);
  }
  const { rows } = await client.query<{ number: number; name: string; hash: string }>(
    'select number, name, hash from schema_migration order by number',
  );
  const newest = all.at(-1)?.number ?? 0;
  const ahead = rows.find((row) => row.number > newest);
  if (ahead !== undefined) {
    throw new Error(
      `this database is newer than this version of Guarita (it has ${ahead.name}). ` +
        'Start the version that last used it, or a newer one; nothing was changed.',
    );
  }
  const applied = new Map(rows.map((row) => [row.number, row]));
  const changed = all.find((m) => applied.has(m.number) && applied.get(m.number)?.hash !== m.hash);
  if (changed !== undefined) {
    throw new Error(
      `migration ${changed.name} is not the one that this database was built with; nothing was changed.`,
    );
  }
  const missing = all.filter((m) => !applied.has(m.number));
  for (const migration of missing) {
    await applyOne(client, migration);
  }
  return missing.length;
};

const oldestVersion = 150_000;

const assertVersion = async (client: PoolClient): Promise<void> => {
  const { rows } = await client.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
  );
  const [version] = rows;
  if (version !== undefined && version.number < oldestVersion) {
    throw new Error(`this database is PostgreSQL ${version.name}; Guarita needs 15 or newer`);
  }
};

/** @throws Error when a backup has migrations that this code does not know, or knows otherwise */
export const assertKnownMigrations = async (
  directory: string,
  had: readonly { readonly name: string; readonly hash: string }[],
): Promise<void> => {
  const own = new Map((await readMigrations(directory)).map(({ name, hash }) => [name, hash]));
  const strange = had.find(({ name, hash }) => own.get(name) !== hash);
  if (strange !== undefined) {
    throw new Error(
      `this backup was made by a newer or another version of Guarita (it has ${strange.name}). ` +
        'Restore it with the version that made it, or a newer one; nothing was restored.',
    );
  }
};

/** What a restore asks for: the tables as they were when its backup was taken, then the rest. */
export interface RestoringMigration {
  /** The last one that the backup had; absent: all. */
  readonly upTo?: number;
}

/** For a server that has a role of its own, beside the owner of the tables. */
export interface ServerPool {
  /** Signed in as the role of the server. */
  readonly server: Pool;
}

const assertRestored = async (client: PoolClient): Promise<void> => {
  if (await isUnfinished(client)) {
    throw new Error(
      'a restore into this database is running or did not finish. If it did not, remove the database and restore again.',
    );
  }
};

/**
 * Brings the database up to this code, under an advisory lock so that processes starting together wait for one another.
 * @param pool of the owner of the tables
 * @param own where the server signs in as somebody else, who is given what it needs
 * @throws Error when PostgreSQL is too old, the database is newer than the code or holds half of a restore, or an applied
 * migration was edited
 */
export const migrate = async (
  pool: Pool,
  directory: string,
  log: Logger,
  restoring?: RestoringMigration,
  own?: ServerPool,
): Promise<void> => {
  const upTo = restoring?.upTo ?? Number.POSITIVE_INFINITY;
  const all = (await readMigrations(directory)).filter(({ number }) => number <= upTo);
  const client = await pool.connect();
  try {
    await assertVersion(client);
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    try {
      if (restoring === undefined) {
        await assertRestored(client);
      }
      const applied = await applyMissing(client, all);
      await runMigrations({ pgPool: pool });
      if (own !== undefined) {
        await grantToServer(pool, await roleOf(own.server));
      }
      if (applied > 0) {
        log.info({ applied }, 'database migrated');
      }
    } finally {
      await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    }
  } finally {
    client.release();
  }
};
