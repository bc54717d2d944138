import type { Pool } from 'pg';

/** No job of ours works this long on one thing; whoever holds nothing younger is taken for dead. */
const deadAfter = '30 seconds';

/**
 * Gives back the jobs that processes hold which died: the runner alone would keep them locked for four hours. A job
 * that such a process still works on, because it was only slow, runs twice, which every job of ours can bear.
 * What has used up its tries is kept for a day.
 */
export const releaseJobsOfTheDead = async (pool: Pool): Promise<void> => {
  await pool.query(`select graphile_worker.force_unlock_workers(array(
    select locked_by from graphile_worker.jobs where locked_by is not null
     group by locked_by having max(locked_at) < clock_timestamp() - interval '${deadAfter}'))`);
  await pool.query(`select graphile_worker.complete_jobs(array(
    select id from graphile_worker.jobs where locked_by is null and attempts >= max_attempts
       and updated_at < clock_timestamp() - interval '1 day'))`);
};
