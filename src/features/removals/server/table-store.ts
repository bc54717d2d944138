import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';

/**
 * Where content was: what is deleted there stays in the pages of the table until it is written anew. Ours by name, never
 * from outside.
 */
export const touchedTables = [
  'message',
  'message_media',
  'message_search',
  'message_reaction',
  'early_action',
  'message_to_index',
  'idempotency_key',
  'stopped_message',
  'upload',
  'graphile_worker._private_jobs',
] as const;
/** The same of a name that goes. */
export const namedTables = [
  'contact',
  'block_import_row',
  'graphile_worker._private_jobs',
] as const;
/** And of a person whose data was erased, beside all of those: numbers, notes, what was asked. */
export const personTables = [
  'contact_identity',
  'identity_conflict',
  'name_cover',
  'conversation',
  'block',
  'block_request',
  'block_request_asker',
  'upstream_block',
  'upstream_stranger',
  'upstream_listed',
  'exchange_export_entry',
  'removal_asker',
  'removal_comment',
  'removal_item',
  'removal_name',
] as const;
export type TouchedTable =
  | (typeof touchedTables)[number]
  | (typeof namedTables)[number]
  | (typeof personTables)[number];

/** Checks that wait for the tables, and whose time has come. */
export interface WaitingTables {
  readonly workspaceId: string;
  readonly requestId: string;
  readonly tries: number;
  /** Of the check as it was read: what is decided meanwhile is not of this pass. */
  readonly version: string;
  /** A name went, and no message; or all of a person. */
  readonly isName: boolean;
  readonly isPerson: boolean;
}

export interface TablesDue {
  readonly waiting: readonly WaitingTables[];
  /** Whether it is the quiet time of night in one of their workspaces, and when it is next. */
  readonly isQuiet: boolean;
  readonly nextQuietAt: Date;
}

/** From three to five in the morning. */
const quietFrom = 3;
const quietHours = 2;

export const findTablesDue = async (tx: Tx): Promise<TablesDue> => {
  const { rows } = await sql<WaitingTables & { isQuiet: boolean; nextQuietAt: Date }>`
    select c.workspace_id as "workspaceId", c.request_id as "requestId", c.tries,
           c.xmin::text as version,
           exists (select 1 from removal_name n
                    where n.workspace_id = c.workspace_id and n.request_id = c.request_id) as "isName",
           exists (select 1 from erasure e
                    where e.workspace_id = c.workspace_id and e.id = c.request_id) as "isPerson",
           extract(hour from t.local) between ${quietFrom} and ${quietFrom + quietHours - 1} as "isQuiet",
           (date_trunc('day', t.local - ${quietFrom} * interval '1 hour') + interval '1 day'
             + ${quietFrom} * interval '1 hour') at time zone w.time_zone as "nextQuietAt"
      from removal_check c
      join workspace w on w.id = c.workspace_id
      cross join lateral (select clock_timestamp() at time zone w.time_zone as local) t
     where c.step = 'tables' and c.state <> 'done' and (c.at is null or c.at <= clock_timestamp())
     order by c.workspace_id, c.request_id`.execute(tx);
  const nexts = rows.map(({ nextQuietAt }) => nextQuietAt.getTime());
  return {
    waiting: rows.map(({ isQuiet: _isQuiet, nextQuietAt: _nextQuietAt, ...waiting }) => waiting),
    isQuiet: rows.some((row) => row.isQuiet),
    nextQuietAt: new Date(Math.min(...nexts, Date.now() + 86_400_000)),
  };
};

/** When the next one is due; null when none waits. */
export const findNextDue = async (tx: Tx): Promise<Date | null> => {
  const { rows } = await sql<{ at: Date | null }>`
    select min(coalesce(at, clock_timestamp())) as at from removal_check
     where step = 'tables' and state <> 'done'`.execute(tx);
  return rows[0]?.at ?? null;
};

/**
 * Whether somebody may still see what these requests removed: a transaction that began before they were decided. Until it
 * ends nothing of that can leave a table.
 */
export const isStillSeen = async (db: Db, requestIds: readonly string[]): Promise<boolean> => {
  const { rows } = await sql`
    select 1 from pg_stat_activity a
     where a.datname = current_database() and a.pid <> pg_backend_pid() and a.backend_type = 'client backend'
       and a.backend_xmin is not null
       and age(a.backend_xmin) >= (select min(age(c.xmin)) from removal_check c
            where c.request_id = any(${[...requestIds]}::uuid[]) and c.step = 'content')
     limit 1`.execute(db);
  return rows.length > 0;
};

const named = (table: TouchedTable) => sql.table(table);

/** Frees what was deleted, for new rows; nobody waits for it. */
export const vacuum = async (db: Db, table: TouchedTable): Promise<void> => {
  await sql`vacuum ${named(table)}`.execute(db);
};

export const sizeOf = async (db: Db, table: TouchedTable): Promise<number> => {
  const { rows } = await sql<{ bytes: number }>`
    select pg_total_relation_size(${table}::regclass) as bytes`.execute(db);
  return rows[0]?.bytes ?? 0;
};

const fileOf = async (db: Db, table: TouchedTable): Promise<string | null> => {
  const { rows } = await sql<{ path: string | null }>`
    select pg_relation_filepath(${table}::regclass) as path`.execute(db);
  return rows[0]?.path ?? null;
};

/**
 * Writes a table anew, with its indexes, and leaves its former file, whose bytes nobody can read in it any more. It is
 * locked meanwhile; whoever has it keeps it, and after `lockMs` this gives up.
 * @returns false when PostgreSQL would not: the table is not ours
 */
export const rewrite = (db: Db, table: TouchedTable, lockMs: number): Promise<boolean> =>
  db.connection().execute(async (line) => {
    await sql`select set_config('lock_timeout', ${String(lockMs)}, false),
                     set_config('statement_timeout', '0', false)`.execute(line);
    try {
      const before = await fileOf(line, table);
      await sql`vacuum full ${named(table)}`.execute(line);
      return (await fileOf(line, table)) !== before;
    } finally {
      await sql`reset lock_timeout`.execute(line);
      await sql`reset statement_timeout`.execute(line);
    }
  });

/**
 * Columns with content by which rows are found, so that PostgreSQL must know how many values there are: their statistics are made
 * anew, as those of `contact` are. All others keep none (migration 0045).
 */
export const withStatistics = {
  message: ['external_id', 'reply_to_external_id', 'error_code'],
} as const;

/** Their statistics hold values of what people are called and known by. */
const isOfPeople = (table: TouchedTable): boolean =>
  table === 'contact' || personTables.some((one) => one === table);

/** Statistics that were made anew. */
export interface MadeAnew {
  readonly tables: number;
  /** Whoever began before this transaction may still see those of before. */
  readonly at: string;
}

/** Makes those statistics anew that hold a value of what went. */
export const analyseAnew = async (db: Db, tables: ReadonlySet<TouchedTable>): Promise<MadeAnew> => {
  const ofPeople = tables.has('contact') ? [...tables].filter(isOfPeople) : [];
  for (const table of ofPeople) {
    await sql`analyze ${named(table)}`.execute(db);
  }
  const found = tables.has('message') ? withStatistics.message.map((name) => sql.ref(name)) : [];
  if (found.length > 0) {
    await sql`analyze message (${sql.join(found)})`.execute(db);
  }
  const { rows } = await sql<{ at: string }>`select pg_current_xact_id()::xid::text as at`.execute(
    db,
  );
  return { tables: ofPeople.length + (found.length > 0 ? 1 : 0), at: rows[0]?.at ?? '0' };
};

/** Whether a transaction goes on that began before this one, and sees what was deleted by then. */
export const isSeenSince = async (db: Db, at: string): Promise<boolean> => {
  const { rows } = await sql`
    select 1 from pg_stat_activity a
     where a.datname = current_database() and a.pid <> pg_backend_pid() and a.backend_type = 'client backend'
       and (age(a.backend_xmin) >= age(${at}::xid) or age(a.backend_xid) >= age(${at}::xid))
     limit 1`.execute(db);
  return rows.length > 0;
};

/** Leaves the former file of the statistics, with those of before; where the server may not, they go with time. */
export const rewriteStatistics = async (db: Db): Promise<void> => {
  await sql`vacuum full pg_catalog.pg_statistic`.execute(db);
};
