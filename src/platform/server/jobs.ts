import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Db, Deps, Tx } from './deps.ts';

/** What a job gets beside its payload. */
export interface JobRun {
  readonly deps: Deps;
  readonly log: Logger;
  /** 1 for the first try. */
  readonly attempt: number;
}

export interface Job<Payload> {
  /** `feature.verb-noun` */
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  readonly run: (payload: Payload, run: JobRun) => Promise<void>;
}

/** The same with its payload's type forgotten, for lists of jobs. */
export interface AnyJob {
  readonly name: string;
  readonly runUnparsed: (payload: unknown, run: JobRun) => Promise<void>;
}

export const forList = <P>(job: Job<P>): AnyJob => ({
  name: job.name,
  runUnparsed: (payload, run) => job.run(job.payload.parse(payload), run),
});

export interface EnqueueOptions {
  /** A job that waits under the same key is replaced by this one. */
  readonly key?: string;
  readonly runAt?: Date;
  readonly maxAttempts?: number;
  /** Jobs of one queue run one after another, whoever runs them. */
  readonly queue?: string;
}

/** Where the name of each job that was added is told, for runners that have few kinds of them. */
export const jobChannel = 'guarita:job';

/** Adds a job in the transaction of the data it speaks of: a rollback discards both. */
export const enqueue = async <P>(
  tx: Tx,
  job: Pick<Job<P>, 'name'>,
  payload: P,
  options: EnqueueOptions = {},
): Promise<void> => {
  await sql`select graphile_worker.add_job(
    ${job.name}, ${JSON.stringify(payload)}::json,
    queue_name => ${options.queue ?? null}::text,
    job_key => ${options.key ?? null}::text,
    run_at => ${options.runAt ?? null}::timestamptz,
    max_attempts => ${options.maxAttempts ?? 25}::int), pg_notify(${jobChannel}, ${job.name})`.execute(
    tx,
  );
};

interface JobEntry<P> extends Pick<EnqueueOptions, 'key' | 'queue' | 'runAt'> {
  readonly payload: P;
}

/** Adds one job for each payload, in one statement. */
export const enqueueAll = async <P>(
  tx: Tx,
  job: Pick<Job<P>, 'name'>,
  entries: readonly JobEntry<P>[],
): Promise<void> => {
  if (entries.length > 0) {
    await sql`select graphile_worker.add_job(
        ${job.name}::text, u.payload::json, queue_name => u.queue, job_key => u.key, run_at => u.run_at),
          pg_notify(${jobChannel}, ${job.name})
      from unnest(${entries.map(({ payload }) => JSON.stringify(payload))}::text[],
                  ${entries.map(({ queue }) => queue ?? null)}::text[],
                  ${entries.map(({ key }) => key ?? null)}::text[],
                  ${entries.map(({ runAt }) => runAt ?? null)}::timestamptz[]) as u (payload, queue, key, run_at)`.execute(
      tx,
    );
  }
};

/**
 * For a job that does whatever is to be done when it looks: takes away those of its name that wait in its queue, so that many
 * changes in a row cost one run and not one each. What they speak of was committed with them, so it is seen by whoever looks
 * afterwards; one that somebody is about to replace stays.
 */
export const takeOverWaiting = async (
  db: Db,
  job: Pick<Job<unknown>, 'name'>,
  queue: string,
): Promise<void> => {
  await sql`
    delete from graphile_worker._private_jobs where id in (
      select j.id from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id and t.identifier = ${job.name}
        join graphile_worker._private_job_queues q on q.id = j.job_queue_id and q.queue_name = ${queue}
       where j.locked_at is null
         for update of j skip locked)`.execute(db);
};
