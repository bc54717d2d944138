import { join } from 'node:path';
import type { Client } from 'pg';
import { copyFromFile, copyToFile } from './copy-stream.ts';
import type { Copied } from './manifest.ts';

/**
 * Jobs are copied as what was asked for, not as rows of the runner, whose tables differ from version to version: one
 * that a process holds is free again in the copy (every job of ours can bear to run twice), one that has used up its
 * tries is left behind.
 */
const waiting = `(
  select t.identifier, j.payload, q.queue_name, j.run_at, j.max_attempts, j.key, j.priority, j.flags
    from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
   where j.attempts < j.max_attempts or j.locked_at is not null
   order by j.id)`;

const fileOf = (directory: string): string => join(directory, 'jobs.copy.gz');

export const saveJobs = (client: Client, directory: string): Promise<Copied> =>
  copyToFile(client, waiting, fileOf(directory));

/** Inside the transaction of the restore. */
export const addSavedJobs = async (client: Client, directory: string): Promise<Copied> => {
  await client.query(`create temporary table saved_job (
    number bigint generated always as identity, identifier text, payload json, queue_name text,
    run_at timestamptz, max_attempts integer, key text, priority integer, flags jsonb) on commit drop`);
  const columns = 'identifier, payload, queue_name, run_at, max_attempts, key, priority, flags';
  const copied = await copyFromFile(client, `saved_job (${columns})`, fileOf(directory));
  await client.query(`
    select count(graphile_worker.add_job(s.identifier, s.payload, queue_name => s.queue_name, run_at => s.run_at,
             max_attempts => s.max_attempts, job_key => s.key, priority => s.priority,
             flags => (select array_agg(f) from jsonb_object_keys(s.flags) f)))
      from (select * from saved_job order by number) s`);
  return copied;
};
