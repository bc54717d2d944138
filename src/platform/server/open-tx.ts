import { type CompiledQuery, type DatabaseConnection, PostgresDialect, Transaction } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { ask, isOutdated, renewPlans } from './kept-plans.ts';
import type { Db, Tx } from './tx.ts';

const isWrite = (command: string): boolean => /^(INSERT|UPDATE|DELETE|MERGE)$/.test(command);

const connectionOf = (client: PoolClient): DatabaseConnection => ({
  executeQuery: async <R>(query: CompiledQuery) => {
    const { command, rowCount, rows } = await ask(client, query.sql, query.parameters);
    return {
      rows: rows as R[],
      ...(isWrite(command) ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}),
    };
  },
  streamQuery: () => {
    throw new Error('nothing is streamed inside a transaction');
  },
});

/** Each transaction is an object of its own: a proof of the gate is good for the one it was made in. */
const txOn = (db: Db, pool: Pool, client: PoolClient): Tx => {
  const dialect = new PostgresDialect({ pool });
  const connection = connectionOf(client);
  const executor = db
    .getExecutor()
    .withConnectionProvider({ provideConnection: (consumer) => consumer(connection) });
  return new Transaction({
    config: { dialect },
    dialect,
    driver: dialect.createDriver(),
    executor,
  });
};

/** A transaction that is open on a connection of the pool, until `commit` or `rollback` gives the connection back. */
export interface OpenTx {
  readonly tx: Tx;
  /** @throws whatever made PostgreSQL roll back instead, also when the statement's own error was swallowed */
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/**
 * Begins a transaction whose statements go on the wire as they are issued: two that do not need one another's answers
 * are issued together (`Promise.all`) and cost one round trip; PostgreSQL runs them in the order of their issue, each by
 * a snapshot of its own. Kysely's own transactions wait for each answer before the next statement leaves.
 */
export const openTx = async (db: Db, pool: Pool): Promise<OpenTx> => {
  const client = await pool.connect();
  renewPlans(client);
  // On the wire before the first statement; if it fails, so does every one that follows.
  const begun = client.query('begin');
  begun.catch(() => undefined);
  let isReleased = false;
  const release = (isBroken: boolean): void => {
    if (!isReleased) {
      isReleased = true;
      client.release(isBroken);
    }
  };
  return {
    tx: txOn(db, pool, client),
    commit: async () => {
      const [, { command }] = await Promise.all([begun, client.query('commit')]);
      if (command !== 'COMMIT') {
        throw new Error('a statement of this transaction failed, and its error was swallowed');
      }
      release(false);
    },
    rollback: async () => {
      try {
        await client.query('rollback');
        release(isOutdated(client));
      } catch {
        // A connection that cannot even roll back is not used again.
        release(true);
      }
    },
  };
};
