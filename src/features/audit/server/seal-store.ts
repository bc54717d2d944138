import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';
import { runnerName } from '#platform/server/patient-pool.ts';
import type { LoggedEvent } from './seal-hash.ts';

/** The last seal of a workspace. */
export interface Head {
  readonly workspaceId: string;
  readonly seq: number;
  readonly hash: Buffer;
}

export interface Seal extends Head {
  readonly eventId: string;
}

/** A column list for the table alias `e`, as the seal reads an event. */
const loggedEvent: RawBuilder<LoggedEvent> = sql`
  e.workspace_id as "workspaceId", e.id,
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  e.actor_kind as "actorKind", e.actor_id as "actorId", e.action, e.subject_kind as "subjectKind",
  e.subject_id as "subjectId", e.masked_number as "maskedNumber", e.details::text as details`;

/** One process seals at a time. @returns false when another one is at it */
export const takeSealing = async (tx: Tx): Promise<boolean> => {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('guarita.audit-seal')) as taken`.execute(tx);
  return rows[0]?.taken === true;
};

/** Events that are committed and not sealed, by workspace and in the order they were made. */
export const listUnsealed = async (tx: Tx, limit: number): Promise<LoggedEvent[]> => {
  const { rows } = await sql<LoggedEvent>`
    select ${loggedEvent} from audit_unsealed u
      join audit_event e on e.workspace_id = u.workspace_id and e.id = u.event_id
     order by e.workspace_id, e.id limit ${limit}`.execute(tx);
  return rows;
};

type HeadRow = Omit<Head, 'seq'> & { seq: string };

const toHead = <Row extends HeadRow>(row: Row): Omit<Row, 'seq'> & { seq: number } => ({
  ...row,
  seq: Number(row.seq),
});

/** The last seal of each workspace that has one; of these workspaces only, where they are given. */
export const listHeads = async (db: Db | Tx, workspaceIds?: readonly string[]): Promise<Head[]> => {
  const chosen =
    workspaceIds === undefined ? sql`true` : sql`w.id = any(${[...workspaceIds]}::uuid[])`;
  const { rows } = await sql<HeadRow>`
    select w.id as "workspaceId", s.seq, s.hash from workspace w
      join lateral (select seq, hash from audit_seal s where s.workspace_id = w.id order by seq desc limit 1) s on true
     where ${chosen} order by w.id`.execute(db);
  return rows.map(toHead);
};

/** Writes the seals and takes their events off the list of what waits. */
export const writeSeals = async (tx: Tx, seals: readonly Seal[]): Promise<void> => {
  const of = <T>(part: (seal: Seal) => T): T[] => seals.map(part);
  await sql`
    with sealed as (
      insert into audit_seal (workspace_id, seq, event_id, hash)
      select * from unnest(${of((s) => s.workspaceId)}::uuid[], ${of((s) => s.seq)}::bigint[],
                           ${of((s) => s.eventId)}::uuid[], ${of((s) => s.hash)}::bytea[])
      returning workspace_id, event_id)
    delete from audit_unsealed u using sealed s
     where u.workspace_id = s.workspace_id and u.event_id = s.event_id`.execute(tx);
};

export interface SealedEvent {
  readonly seal: Seal;
  /** Absent when the log has no such event any more. */
  readonly event: LoggedEvent | undefined;
}

/** The chain of a workspace after a place, a piece at a time. */
export const listSeals = async (
  db: Db,
  workspaceId: string,
  after: number,
  limit: number,
): Promise<SealedEvent[]> => {
  const { rows } = await sql<
    { [Key in keyof LoggedEvent]: LoggedEvent[Key] | null } & {
      seq: string;
      eventId: string;
      hash: Buffer;
    }
  >`
    select s.seq, s.event_id as "eventId", s.hash, ${loggedEvent} from audit_seal s
      left join audit_event e on e.workspace_id = s.workspace_id and e.id = s.event_id
     where s.workspace_id = ${workspaceId} and s.seq > ${after} order by s.seq limit ${limit}`.execute(
    db,
  );
  return rows.map(({ seq, eventId, hash, ...event }) => ({
    seal: { workspaceId, seq: Number(seq), eventId, hash },
    event: event.id === null ? undefined : (event as LoggedEvent),
  }));
};

/** Events of a workspace that have no seal. */
export interface Unsealed {
  readonly workspaceId: string;
  /** On no list either: nothing will ever seal them. */
  readonly forgotten: number;
  readonly waiting: number;
  /** Of those that wait, for more than a minute. */
  readonly overdue: number;
  /** When the oldest that waits was made. */
  readonly since: string | undefined;
}

/** In one look, so that what is sealed meanwhile is either still waiting or sealed. */
export const countUnsealed = async (db: Db): Promise<Unsealed[]> => {
  const { rows } = await sql<
    { [Key in 'forgotten' | 'waiting' | 'overdue']: string } & {
      workspaceId: string;
      since: Date | null;
    }
  >`
    select e.workspace_id as "workspaceId",
           count(*) filter (where u.event_id is null) as forgotten,
           count(u.event_id) as waiting,
           count(u.event_id) filter (where e.at < clock_timestamp() - interval '1 minute') as overdue,
           min(e.at) filter (where u.event_id is not null) as since
      from audit_event e
      left join audit_unsealed u on u.workspace_id = e.workspace_id and u.event_id = e.id
     where not exists (select from audit_seal s where s.workspace_id = e.workspace_id and s.event_id = e.id)
     group by 1 order by 1`.execute(db);
  return rows.map(({ workspaceId, forgotten, waiting, overdue, since }) => ({
    ...{ workspaceId, forgotten: Number(forgotten), waiting: Number(waiting) },
    ...{ overdue: Number(overdue), since: since?.toISOString() },
  }));
};

/** Whether the runner of jobs of some process is connected. A database role of another name than the server's sees none. */
export const isWorkerRunning = async (db: Db): Promise<boolean> => {
  const { rows } = await sql<{ runs: boolean }>`
    select exists (select from pg_stat_activity
      where datname = current_database() and application_name = ${runnerName}) as runs`.execute(db);
  return rows[0]?.runs === true;
};

export const listWorkspaces = async (db: Db): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select id from workspace order by id`.execute(db);
  return rows.map(({ id }) => id);
};
