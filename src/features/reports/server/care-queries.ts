import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';
import { channelOf, isOfChannel } from './incident-queries.ts';
import { endOf, isWithin, type Span, startOf } from './span-queries.ts';

export interface ExposureRow {
  readonly channelId: string;
  readonly answering: number;
  readonly reviewing: number;
}

/**
 * Who had asked to see, in the period, what was removed since: from the audit log, because the product itself forgets who
 * looked when the content goes. A person counts once a message.
 */
export const countExposures = async (db: Db, span: Span): Promise<ExposureRow[]> => {
  const { rows } = await sql<ExposureRow>`
    select m.channel_id as "channelId",
           count(distinct (e.subject_id, e.actor_id)) filter (where e.action = 'media.revealed')::int as answering,
           count(distinct (e.subject_id, e.actor_id)) filter (where e.action = 'removals.revealed')::int as reviewing
      from removal_request q
      join shown_message m on m.workspace_id = q.workspace_id and m.removal_number = q.number
       and m.removal_number is not null
      join audit_event e on e.workspace_id = m.workspace_id and e.subject_kind = 'message' and e.subject_id = m.id
     where q.workspace_id = ${span.workspaceId} and coalesce(q.decided_at, 'infinity') >= ${startOf(span)}
       and e.actor_kind = 'member' and e.action in ('media.revealed', 'removals.revealed')
       and ${isWithin(span, sql`e.at`)} and ${isOfChannel(span, sql`m.channel_id`)}
     group by m.channel_id`.execute(db);
  return rows;
};

export interface BlockEnds {
  readonly lifted: number;
  readonly endedByClock: number;
}

/** What the clock ended counts from the moment on that it did, written down or not (G9). */
export const countEnds = async (db: Db, span: Span): Promise<BlockEnds> => {
  const { rows } = await sql<BlockEnds>`
    with ended as (
      select b.workspace_id, b.contact_id, b.started_at, b.lifted_by_kind <> 'system' as by_hand
        from block b
       where b.workspace_id = ${span.workspaceId} and ${isWithin(span, sql`b.lifted_at`)}
         and (b.lifted_by_kind <> 'system' or b.lifted_at = b.expires_at)
      union all
      select b.workspace_id, b.contact_id, b.started_at, false
        from block b
       where b.workspace_id = ${span.workspaceId} and b.is_open and b.expires_at is not null
         and ${isWithin(span, sql`coalesce(b.expires_at, 'infinity')`)} and b.expires_at <= clock_timestamp()
    )
    select count(*) filter (where by_hand)::int as lifted,
           count(*) filter (where not by_hand)::int as "endedByClock"
      from ended b where ${isOfChannel(span, channelOf('b', 'started_at'))}`.execute(db);
  return rows[0] ?? { lifted: 0, endedByClock: 0 };
};

export interface Attempts {
  readonly atLeast: number;
  readonly atMost: number;
}

/**
 * How many attempts a block stopped in the period. A counter knows its first and its last moment only: what it counted in
 * between may lie on either side, so there are two answers.
 */
export const countAttempts = async (db: Db, span: Span): Promise<Attempts> => {
  const [start, end] = [startOf(span), endOf(span)];
  const { rows } = await sql<Attempts>`
    with tried as materialized (
      select b.workspace_id, b.id, b.contact_id, b.started_at
        from block_attempt_total t join block b on b.workspace_id = t.workspace_id and b.id = t.block_id
       where t.workspace_id = ${span.workspaceId} and t.is_open in (true, false) and t.last_at >= ${start}
         and b.started_at < ${end}
    )
    select coalesce(sum(a.least), 0)::float8 as "atLeast", coalesce(sum(a.most), 0)::float8 as "atMost"
      from tried b
     cross join lateral (
       select sum(case when a.first_at >= ${start} and a.last_at < ${end} then a.attempts
                       else (a.first_at >= ${start})::int + (a.last_at < ${end})::int end) as least,
              sum(a.attempts - (a.first_at < ${start})::int - (a.last_at >= ${end})::int) as most
         from block_attempt a
        where a.workspace_id = b.workspace_id and a.block_id = b.id
          and a.first_at < ${end} and a.last_at >= ${start}) a
     where ${isOfChannel(span, channelOf('b', 'started_at'))}`.execute(db);
  return rows[0] ?? { atLeast: 0, atMost: 0 };
};
