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
 * How long a plan may stand. A table that was empty when it was made is another one soon; every statement is planned anew
 * after as much as this, whatever has become of its tables.
 */
const plansLast = { statements: 600, ms: 3_000 };

interface Kept {
  readonly asked: Map<string, number>;
  readonly names: Map<string, string>;
  statements: number;
  plannedAt: number;
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
    plannedAt: performance.now(),
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

/** Between two transactions: on the wire with what follows, so that it costs no way of its own. */
export const renewPlans = (client: pg.PoolClient): void => {
  const kept = keptOf(client);
  const now = performance.now();
  if (kept.statements < plansLast.statements && now - kept.plannedAt < plansLast.ms) {
    return;
  }
  kept.statements = 0;
  kept.plannedAt = now;
  // A connection that refuses it refuses what follows as well.
  client.query('discard plans').catch(() => undefined);
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
