import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { healUpstreamJob } from './job-names.ts';

/** Somebody who is blocked has written through this channel. */
export interface Heard {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly contactId: string;
}

/**
 * Enqueues one try of each at most every 10 minutes. In one statement, which only reads where a try was made lately: a
 * flood of dropped items costs nothing more. The contacts are locked, so nobody else does the same meanwhile.
 */
export const enqueueHealing = async (tx: Tx, heard: readonly Heard[]): Promise<void> => {
  if (heard.length === 0) {
    return;
  }
  await sql`
    with due as (
      select distinct u.w, u.ch, u.k
        from unnest(${heard.map((one) => one.workspaceId)}::uuid[], ${heard.map((one) => one.channelId)}::uuid[],
                    ${heard.map((one) => one.contactId)}::uuid[]) as u (w, ch, k)
        join channel c on c.workspace_id = u.w and c.id = u.ch and c.upstream_blocks
       where not exists (
         select 1 from upstream_heal h where h.workspace_id = u.w and h.channel_id = u.ch and h.contact_id = u.k
            and h.asked_at > clock_timestamp() - interval '10 minutes')
    ), noted as (
      insert into upstream_heal as h (workspace_id, channel_id, contact_id, asked_at)
      select w, ch, k, clock_timestamp() from due order by k, ch
      on conflict (workspace_id, channel_id, contact_id) do update set asked_at = excluded.asked_at
      returning workspace_id, channel_id, contact_id
    )
    select graphile_worker.add_job(${healUpstreamJob.name}::text,
             json_build_object('workspaceId', workspace_id, 'channelId', channel_id, 'contactId', contact_id),
             job_key => 'upstream-heal:' || channel_id || ':' || contact_id)
      from noted`.execute(tx);
};

/** Older than that they hold nothing back. */
export const forgetHealing = async (tx: Tx): Promise<void> => {
  await sql`delete from upstream_heal where asked_at < clock_timestamp() - interval '1 day'`.execute(
    tx,
  );
};
