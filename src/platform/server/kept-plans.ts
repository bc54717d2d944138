import { createHash } from 'node:crypto';
import type { PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { isOutdatedStatementError } from './errors.ts';

/** What is asked this often on a connection goes under a name from then on. */
const namedFrom = 3;
/** Statements under names on one connection: each holds its plan in PostgreSQL's memory. */
const mostNames = 150;
/** Texts that are counted; those with lists in them are another one each time. */
const mostCounted = 1_000;

/**
 * How often it is looked whether plans still stand. One that was made while a table was empty is bad as soon as it is not; as long as
 * every table has about as many rows as it had, there is nothing to plan anew (decision 0059).
 */
const lookAfter = { statements: 600, ms: 3_000 };

/**
 * One text for how many rows the tables have, which is another one when any of them has half as many more, or fewer. By PostgreSQL's
 * running counts, which take no lock. What is nearly empty counts as empty: tables of a few rows come and go.
 */
const sizesOfTables = {
  name: 'sizes_of_tables',
  text: `select sum(round(2.5 * ln(1 + pg_stat_get_live_tuples(oid) / 400.0)) * oid::bigint)::text as sizes
           from pg_class where relkind = 'r' and oid >= 16384`,
};

interface Kept {
  readonly asked: Map<string, number>;
  readonly names: Map<string, string>;
  statements: number;
  lookedAt: number;
  /** What the tables were like when it was last looked; nobody looked yet: null. */
  sizes: string | null;
  /** The tables are others than those that were planned for. */
  hasGrown: boolean;
  isStale: boolean;
}

const ofClients = new WeakMap<object, Kept>();

const keptOf = (client: object): Kept => {
  const known = ofClients.get(client);
  if (known !== undefined) {
    return known;
  }
  const kept: Kept = {
    asked: new Map(),
    names: new Map(),
    statements: 0,
    lookedAt: performance.now(),
    sizes: null,
    hasGrown: false,
    isStale: false,
  };
  ofClients.set(client, kept);
  return kept;
};

/** PostgreSQL cuts longer ones off. */
export const statementNameOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 32);

const nameFor = (kept: Kept, text: string): string | undefined => {
  const known = kept.names.get(text);
  if (known !== undefined || kept.names.size >= mostNames) {
    return known;
  }
  const times = (kept.asked.get(text) ?? 0) + 1;
  if (times < namedFrom) {
    if (kept.asked.size >= mostCounted) {
      kept.asked.clear();
    }
    kept.asked.set(text, times);
    return undefined;
  }
  kept.asked.delete(text);
  const name = statementNameOf(text);
  kept.names.set(text, name);
  return name;
};

/**
 * Asks PostgreSQL, which reads a text once a connection and keeps its plan, for a while, where one plan serves all values as well
 * as another made for these (`plan_cache_mode` auto). Half of a small statement's cost is planning it (decision 0018).
 */
export const ask = async (
  client: pg.PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<pg.QueryResult> => {
  const kept = keptOf(client);
  // Without values it may be several statements, which have no name.
  const name = values.length > 0 ? nameFor(kept, text) : undefined;
  kept.statements += 1;
  try {
    return await client.query({ text, values: [...values], ...(name !== undefined && { name }) });
  } catch (error) {
    kept.isStale ||= isOutdatedStatementError(error);
    throw error;
  }
};

const lookAtTables = async (client: pg.PoolClient, kept: Kept): Promise<void> => {
  try {
    const { rows } = await client.query<{ sizes: string }>(sizesOfTables);
    const sizes = rows[0]?.sizes ?? '';
    kept.hasGrown ||= sizes !== kept.sizes;
    kept.sizes = sizes;
  } catch {
    // A connection that refuses it refuses what follows as well.
  }
};

/**
 * Between two transactions: on the wire with what follows, so that it costs no way of its own. What the look tells is done before
 * the transaction after this one.
 */
export const renewPlans = (client: pg.PoolClient): void => {
  const kept = keptOf(client);
  if (kept.hasGrown) {
    kept.hasGrown = false;
    client.query('discard plans').catch(() => undefined);
  }
  const now = performance.now();
  if (kept.statements >= lookAfter.statements || now - kept.lookedAt >= lookAfter.ms) {
    kept.statements = 0;
    kept.lookedAt = now;
    void lookAtTables(client, kept);
  }
};

/** Whether what it keeps is of a table as it was before: it is not used again. */
export const isOutdated = (client: pg.PoolClient): boolean => keptOf(client).isStale;

/** For statements outside of transactions. */
export const keeping = (client: pg.PoolClient): PostgresPoolClient => {
  renewPlans(client);
  const query = (text: string, values: readonly unknown[]): Promise<unknown> =>
    ask(client, text, values);
  return {
    query: query as PostgresPoolClient['query'],
    release: () => client.release(isOutdated(client)),
  };
};
