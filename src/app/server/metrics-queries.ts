import type { Pool } from 'pg';

/** What waits in the database, for all processes together. */
export interface Backlog {
  readonly jobsDue: number;
  readonly jobsLater: number;
  readonly jobsRunning: number;
  /** Have used up their tries: nobody does them any more. */
  readonly jobsFailed: number;
  readonly oldestDueSeconds: number;
  readonly claimsOpen: number;
  /** On the wire for longer than a request may take: a worker died, or WhatsApp was silent. */
  readonly claimsOverdue: number;
  readonly messagesWaiting: number;
  /** The request was under way when the process or the line broke; people settle them. */
  readonly messagesUnknown: number;
  /** By state; of those that ended, the last day's. */
  readonly media: Readonly<Record<string, number>>;
}

const text = `
  with job as (
    select count(*) filter (where run_at <= clock_timestamp() and locked_at is null and attempts < max_attempts) as due,
           count(*) filter (where run_at > clock_timestamp() and locked_at is null and attempts < max_attempts) as later,
           count(*) filter (where locked_at is not null) as running,
           count(*) filter (where locked_at is null and attempts >= max_attempts) as failed,
           extract(epoch from clock_timestamp() - min(run_at)
             filter (where run_at <= clock_timestamp() and locked_at is null and attempts < max_attempts)) as oldest
      from graphile_worker.jobs
  ), claim as (
    select count(*) as open, count(*) filter (where deadline < clock_timestamp()) as overdue
      from dispatch_claim where ended_at is null
  )
  select due::float8 as "jobsDue", later::float8 as "jobsLater", running::float8 as "jobsRunning",
         failed::float8 as "jobsFailed", coalesce(oldest, 0)::float8 as "oldestDueSeconds",
         open::float8 as "claimsOpen", overdue::float8 as "claimsOverdue",
         (select count(*) from message where direction = 'out' and status in ('queued', 'sending'))::float8
           as "messagesWaiting",
         (select count(*) from message where status = 'unknown')::float8 as "messagesUnknown",
         jsonb_build_object('waiting', 0, 'fetching', 0, 'failed', 0, 'expired', 0, 'too-large', 0, 'refused-type', 0)
           || coalesce((select jsonb_object_agg(state, n) from (
                select state, count(*) as n from message_media where state in ('waiting', 'fetching') group by state
                 union all
                select state, count(*) from message_media
                 where state in ('failed', 'expired', 'too-large', 'refused-type')
                   and requested_at > clock_timestamp() - interval '1 day' group by state) m), '{}') as "media"
    from job, claim`;

export const readBacklog = async (pool: Pool): Promise<Backlog | undefined> =>
  (await pool.query<Backlog>(text)).rows[0];
