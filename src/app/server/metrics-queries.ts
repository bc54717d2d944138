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
           as "messagesWaiting"
    from job, claim`;

export const readBacklog = async (pool: Pool): Promise<Backlog | undefined> =>
  (await pool.query<Backlog>(text)).rows[0];
