import { Kysely, PostgresDialect, type PostgresPoolClient, type PostgresQueryResult } from 'kysely';
import type pg from 'pg';
import type { Logger } from 'pino';
import { createPool } from './db.ts';
import type { Db } from './deps.ts';
import { statementNameOf } from './kept-plans.ts';

/**
 * For rows that are found by their keys, the way by the index is right whatever the size of a table, so the plan may be
 * kept from when it was empty. Nothing else may: decision 0018.
 */
const onlyByIndex = `
  set plan_cache_mode = force_generic_plan; set enable_seqscan = off;
  set enable_hashjoin = off; set enable_mergejoin = off; set jit = off`;

/** One reading asks two things at once. */
const connections = 2;

/** A few connections that keep the plans of what they ask. */
export interface Lookups {
  /** Only for statements that name the keys of all rows they want, of which there are few. */
  readonly db: Db;
  close(): Promise<void>;
}

const createNaming = (): ((text: string) => string) => {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined) {
      return known;
    }
    const name = statementNameOf(text);
    names.set(text, name);
    return name;
  };
};

/** Statements under names: PostgreSQL reads and plans each of them once a connection. */
const keeping = (client: pg.PoolClient, nameOf: (text: string) => string): PostgresPoolClient => {
  const query = async (text: string, values: readonly unknown[]) =>
    (await client.query({ name: nameOf(text), text, values: [...values] })) as unknown;
  return {
    query: query as PostgresPoolClient['query'] & (() => Promise<PostgresQueryResult<never>>),
    release: () => client.release(),
  };
};

/** Connects when it is first asked something. */
export const openLookups = (connectionString: string, log: Logger): Lookups => {
  const pool = createPool(connectionString, log, connections);
  pool.on('connect', (client) => {
    // Before whatever is asked first. A connection that refuses it breaks, and is not used.
    client.query(onlyByIndex).catch((err: unknown) => {
      log.warn({ err }, 'a connection for look-ups was not set up');
      void client.end().catch(() => undefined);
    });
  });
  const nameOf = createNaming();
  const dialect = new PostgresDialect({
    pool: {
      connect: async () => keeping(await pool.connect(), nameOf),
      end: () => pool.end(),
    },
  });
  return { db: new Kysely({ dialect }), close: () => pool.end() };
};
