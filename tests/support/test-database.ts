import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { createPool } from '../../src/platform/server/db.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/platform/server/embedded-postgres/index.ts';
import { migrate } from '../../src/platform/server/migrate.ts';
import { makeScratchFolder } from '../../src/platform/server/testing/scratch-folder.ts';
import { dropDatabase } from '../../src/platform/server/testing/test-postgres.ts';

const silent = pino({ level: 'silent' });

/** A PostgreSQL of this test's own, which writes every error to its log so that they can be counted. */
export interface TestDatabases {
  readonly postgres: EmbeddedPostgres;
  /** A new database, migrated by the migrations of that tree. @returns its address */
  create(tree: string): Promise<string>;
  drop(url: string): Promise<void>;
  /**
   * Error messages about that database, or about all, since the last call for it. Of invented data only, in a log that is
   * deleted.
   */
  takeErrors(url?: string): string[];
  stop(): Promise<void>;
}

/** An error, and the beginning of the statement that met it: a line further down, whose own lines begin with a tab. */
const errorLine =
  /^(\S*) ?ERROR: {2}(.*)(?:\n(?:\t|\S* ?(?:DETAIL|HINT|CONTEXT|LOCATION): ).*)*(?:\n\S* ?STATEMENT: {2}((?:.|\n\t){0,200}))?/gm;

const run = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

export const startDatabases = async (durable = false): Promise<TestDatabases> => {
  const dataDir = await makeScratchFolder('guarita-proof-');
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: silent,
    durable,
    settings: {
      ...{ max_connections: '300', log_min_messages: 'error', log_line_prefix: '%d ' },
      // Whoever reads of an error wants to know of what; values are no part of it.
      log_min_error_statement: 'error',
    },
  });
  const logFile = join(dirname(postgres.dataDir), 'postgresql.log');
  const readTo = new Map<string, number>();
  return {
    postgres,
    create: async (tree) => {
      const name = `t_${randomBytes(6).toString('hex')}`;
      await run(postgres.connectionString, `create database ${name}`);
      const url = new URL(postgres.connectionString);
      url.pathname = `/${name}`;
      const pool = createPool(url.href, silent, 2);
      await migrate(pool, join(tree, 'migrations'), silent);
      await pool.end();
      return url.href;
    },
    drop: (url) => dropDatabase(postgres.connectionString, url),
    takeErrors: (url) => {
      const name = url === undefined ? '' : new URL(url).pathname.slice(1);
      const text = readFileSync(logFile, 'utf8');
      const from = readTo.get(name) ?? 0;
      readTo.set(name, text.length);
      const fresh = text.slice(text.length < from ? 0 : from);
      return [...fresh.matchAll(errorLine)].flatMap(([, database, error = '', statement = '']) =>
        name === '' || database === name
          ? [`${error}${statement === '' ? '' : ` (${statement.replace(/\s+/g, ' ').trim()})`}`]
          : [],
      );
    },
    stop: async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

/**
 * The second wall must never be needed: whatever it refuses, a sequence counts, which no rollback takes back.
 * @returns how often it was needed so far
 */
export const countSecondWall = async (pool: pg.Pool): Promise<() => Promise<number>> => {
  await pool.query('create sequence second_wall_needed');
  const { rows } = await pool.query<{ definition: string }>(
    `select pg_get_functiondef(p.oid) as definition from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'public' and p.prosrc like '%GT001%'`,
  );
  for (const { definition } of rows) {
    const counting = definition.replace(
      /raise exception/g,
      `perform nextval('second_wall_needed'); raise exception`,
    );
    await pool.query(counting);
  }
  return async () => {
    const { rows: counted } = await pool.query<{ n: number }>(
      'select case when is_called then last_value else 0 end as n from second_wall_needed',
    );
    return counted[0]?.n ?? 0;
  };
};
