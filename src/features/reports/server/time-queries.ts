import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';
import { channelOf, isOfChannel } from './incident-queries.ts';
import { isWithin, type Span } from './span-queries.ts';

interface Took {
  readonly count: number;
  readonly medianMs: number | null;
  readonly p90Ms: number | null;
}

export interface CoverTimes extends Took {
  readonly longestMs: number | null;
  readonly unmeasured: number;
}

export interface DecisionTimes extends Took {
  readonly waiting: number;
  readonly overdue: number;
}

export interface BlockTimes extends DecisionTimes {
  readonly refused: number;
}

const milliseconds = (from: string, to: string): RawBuilder<number> =>
  sql<number>`(extract(epoch from ${sql.ref(to)} - ${sql.ref(from)}) * 1000)::double precision`;

/** Rows in which one of the two moments is missing are not counted. */
const took = (from: string, to: string, isCounted: RawBuilder<boolean>): RawBuilder<unknown> => {
  const ms = milliseconds(from, to);
  return sql`count(${ms}) filter (where ${isCounted})::int as count,
    percentile_cont(0.5) within group (order by ${ms}) filter (where ${isCounted}) as "medianMs",
    percentile_cont(0.9) within group (order by ${ms}) filter (where ${isCounted}) as "p90Ms"`;
};

const only = <T>(rows: readonly T[]): T => {
  const [row] = rows;
  if (row === undefined) throw new Error('a count has answered no row');
  return row;
};

/** What somebody asked for: what Guarita suggests by itself was covered before, and what goes at sight needs no cover. */
export const measureCovers = async (db: Db, span: Span): Promise<CoverTimes> => {
  const { rows } = await sql<CoverTimes>`
    select ${took('q.begun_at', 'q.opened_at', sql<boolean>`true`)},
           max(${milliseconds('q.begun_at', 'q.opened_at')}) as "longestMs",
           count(*) filter (where q.begun_at is null)::int as unmeasured
      from removal_request q
     where q.workspace_id = ${span.workspaceId} and ${isWithin(span, sql`q.opened_at`)}
       and ${isOfChannel(span, sql`q.channel_id`)} and not q.is_at_sight
       and not exists (select 1 from removal_asker s where s.workspace_id = q.workspace_id
                          and s.request_id = q.id and s.asker_kind = 'system')`.execute(db);
  return only(rows);
};

export const measureDecisions = async (db: Db, span: Span): Promise<DecisionTimes> => {
  const { rows } = await sql<DecisionTimes>`
    select ${took('q.opened_at', 'q.decided_at', sql<boolean>`true`)},
           count(*) filter (where q.decided_at is null)::int as waiting,
           count(*) filter (where coalesce(q.decided_at, clock_timestamp()) > q.due_at)::int as overdue
      from removal_request q
     where q.workspace_id = ${span.workspaceId} and ${isWithin(span, sql`q.opened_at`)}
       and ${isOfChannel(span, sql`q.channel_id`)} and not q.is_at_sight`.execute(db);
  return only(rows);
};

export const measureBlocks = async (db: Db, span: Span): Promise<BlockTimes> => {
  const { rows } = await sql<BlockTimes>`
    with asked as materialized (
      select q.state, q.opened_at, q.decided_at, q.brought_up_count, q.due_at, ${channelOf('q', 'opened_at')} as channel_id
        from block_request q
       where q.workspace_id = ${span.workspaceId} and ${isWithin(span, sql`q.opened_at`)}
    )
    select ${took('a.opened_at', 'a.decided_at', sql<boolean>`a.state = 'approved'`)},
           count(*) filter (where a.state = 'refused')::int as refused,
           count(*) filter (where a.state = 'open')::int as waiting,
           count(*) filter (where a.brought_up_count > 0
             or coalesce(a.decided_at, clock_timestamp()) > a.due_at)::int as overdue
      from asked a where ${isOfChannel(span, sql`a.channel_id`)}`.execute(db);
  return only(rows);
};
