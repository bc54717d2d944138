import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { placeActivity } from './demo-store.ts';

/** SQL that puts what the doors have just done where the demonstration tells that it was. The audit log stays as it is: nobody may move it. */

export const placeRemoval = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  { at, decidedAt, tookMs }: { at: Date; decidedAt: Date; tookMs: number },
): Promise<void> => {
  await sql`
    update removal_request
       set opened_at = ${at}, begun_at = ${at}::timestamptz - make_interval(secs => ${tookMs}::float8 / 1000),
           due_at = ${at}::timestamptz + (due_at - opened_at), decided_at = ${decidedAt},
           finished_at = case when finished_at is not null then ${decidedAt}::timestamptz end
     where workspace_id = ${workspaceId} and id = ${requestId}`.execute(tx);
  await sql`update removal_asker set asked_at = ${at}
    where workspace_id = ${workspaceId} and request_id = ${requestId}`.execute(tx);
  await sql`update removal_item set asked_at = ${at}, decided_at = ${decidedAt}
    where workspace_id = ${workspaceId} and request_id = ${requestId}`.execute(tx);
};

export const placeBlockRequest = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  { at, decidedAt }: { at: Date; decidedAt: Date },
): Promise<void> => {
  await sql`
    update block_request
       set opened_at = ${at}, due_at = ${at}::timestamptz + (due_at - opened_at), decided_at = ${decidedAt}
     where workspace_id = ${workspaceId} and id = ${requestId}`.execute(tx);
  await sql`update block_request_asker set asked_at = ${at}
    where workspace_id = ${workspaceId} and request_id = ${requestId}`.execute(tx);
};

/** @param lastAt of what it stopped */
export const placeBlock = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  { at, lastAt }: { at: Date; lastAt: Date },
): Promise<void> => {
  const blocks = sql`(select id from block where workspace_id = ${workspaceId} and contact_id = ${contactId})`;
  await sql`update block set started_at = ${at}
    where workspace_id = ${workspaceId} and contact_id = ${contactId}`.execute(tx);
  await sql`update block_attempt set first_at = ${at}::timestamptz + interval '5 minutes', last_at = ${lastAt}
    where workspace_id = ${workspaceId} and block_id in ${blocks}`.execute(tx);
  await sql`update block_attempt_total set last_at = ${lastAt}
    where workspace_id = ${workspaceId} and block_id in ${blocks}`.execute(tx);
  await placeActivity(tx, workspaceId, contactId, at);
};

export const findMessageId = async (
  tx: Tx,
  workspaceId: string,
  externalId: string,
): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    select id from shown_message where workspace_id = ${workspaceId} and external_id = ${externalId}`.execute(
    tx,
  );
  if (rows[0] === undefined) throw new Error('a line of the demonstration was not stored');
  return rows[0].id;
};
