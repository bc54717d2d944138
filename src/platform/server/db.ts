import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Db } from './deps.ts';
import { PreparedClient } from './prepared-client.ts';

// Counters fit a double; dates stay Date.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * The pool of this process.
 * @param size at most this many connections
 */
export const createPool = (connectionString: string, log: Logger, size = 16): pg.Pool => {
  const pool = new pg.Pool({
    connectionString,
    max: size,
    // A database that is away must be noticed, not waited for (G6).
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    application_name: 'guarita',
    Client: PreparedClient,
    // What is issued together goes on the wire together (open-tx.ts).
    pipeline: true,
  });
  // Without handlers an idle connection that breaks ends the process.
  pool.on('error', (err) => log.warn({ err }, 'an idle database connection broke'));
  pool.on('connect', (client) => {
    client.on('error', (err) => log.warn({ err }, 'a database connection broke'));
  });
  return pool;
};

export const createDb = (pool: pg.Pool): Db =>
  new Kysely({ dialect: new PostgresDialect({ pool }) });
