import { sql } from 'kysely';
import type { Ctx, Tx } from '#platform/server/deps.ts';
import { hideRequests } from '../idempotency-key.ts';

/** @returns whether one of these is on its way to the channel right now: its end is known in a moment */
export const isOneOnItsWay = async (
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<boolean> => {
  const { rows } = await sql`select 1 from dispatch_claim d
      join message m on m.workspace_id = d.workspace_id and m.id = d.message_id
     where d.workspace_id = ${workspaceId} and d.message_id = any(${[...ids]}::uuid[]) and d.kind = 'send'
       and d.ended_at is null and d.deadline > clock_timestamp() and m.status in ('queued', 'sending')
     limit 1`.execute(tx);
  return rows.length > 0;
};

/** Nothing but ids, direction, time and kind is left of them; the constraint `message_removed_is_empty` holds it. */
export const makeTombstones = async (
  tx: Tx,
  workspaceId: string,
  number: number,
  ids: readonly string[],
): Promise<void> => {
  await sql`update message
       set text = null, payload = '{}', external_id = null, error_code = null, author_kind = null, author_id = null,
           reply_to_id = null, reply_to_external_id = null, forwarded_from = null, edited_at = null, edit_hashes = null, revoked_at = null,
           provider_at = null, next_attempt_at = null, is_covered = false,
           status = case direction when 'in' then 'received' else 'sent' end,
           removed_at = clock_timestamp(), removal_number = ${number}
     where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(tx);
};

/**
 * A reaction of ours is a message of its own, and leaves by itself: its emoji goes, and what waited does not leave.
 * @returns the reactions
 */
const forgetReactions = async (
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`update message
       set text = null, next_attempt_at = null,
           status = case when status = 'queued' then 'failed' else status end,
           error_code = case when status = 'queued' then 'content-covered' else error_code end
     where workspace_id = ${workspaceId} and kind = 'reaction' and direction = 'out'
       and reply_to_id = any(${[...ids]}::uuid[])
    returning id`.execute(tx);
  return rows.map(({ id }) => id);
};

/**
 * What other tables hold of messages that are tombstones by now: words, reactions, answers to requests, what waits for a
 * decision, covers, jobs.
 * @returns how many could be found by their words
 */
export const deleteTraces = async (ctx: Ctx, ids: readonly string[]): Promise<number> => {
  const { tx } = ctx;
  const { workspaceId } = ctx.actor;
  const about = sql`workspace_id = ${workspaceId} and message_id = any(${[...ids]}::uuid[])`;
  const { numAffectedRows } = await sql`delete from message_search where ${about}`.execute(tx);
  await sql`delete from message_reaction where ${about}`.execute(tx);
  await hideRequests(ctx, [...ids, ...(await forgetReactions(tx, workspaceId, ids))]);
  await sql`delete from stopped_message where ${about}`.execute(tx);
  await sql`delete from message_cover where ${about}`.execute(tx);
  await sql`select graphile_worker.remove_job(kind || id)
    from unnest(${[...ids]}::text[]) as id, unnest(array['media:', 'link-card:']) as kind`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0n);
};
