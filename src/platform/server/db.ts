import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Db } from './deps.ts';
import { keeping } from './kept-plans.ts';
import { clientThatWaits } from './watched-client.ts';

// Counters fit a double; dates stay Date.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** After how long a connection gives up, in milliseconds; 0 is never. */
export interface PoolLimits {
  readonly lockMs: number;
  readonly statementMs: number;
  readonly idleInTransactionMs: number;
  /** Until an answer comes, whatever the server thinks of it: the line may be dead. */
  readonly answerMs: number;
}

/**
 * For requests, webhooks and jobs, all of which are short: one that hangs would hold its locks, and with them everybody
 * who asks about the same person. A process that was stopped inside a transaction loses it before those who wait for
 * its locks have tried for the third time.
 */
export const requestLimits: PoolLimits = {
  lockMs: 5_000,
  statementMs: 60_000,
  idleInTransactionMs: 15_000,
  answerMs: 70_000,
};

/** For migrations and upkeep, which take as long as they take. */
export const noLimits: PoolLimits = {
  lockMs: 0,
  statementMs: 0,
  idleInTransactionMs: 0,
  answerMs: 0,
};

/**
 * The pool of this process.
 * @param size at most this many connections
 */
export const createPool = (
  connectionString: string,
  log: Logger,
  size = 16,
  limits: PoolLimits = requestLimits,
): pg.Pool => {
  const pool = new pg.Pool({
    connectionString,
    max: size,
    // A database that is away must be noticed, not waited for (G6).
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    lock_timeout: limits.lockMs,
    statement_timeout: limits.statementMs,
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
    application_name: 'guarita',
    Client: clientThatWaits(limits.answerMs),
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
  new Kysely({
    dialect: new PostgresDialect({
      pool: { connect: async () => keeping(await pool.connect()), end: () => pool.end() },
    }),
  });
