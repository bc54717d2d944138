import { sql } from 'kysely';
import type { Actor, Tx } from '#platform/server/deps.ts';
import type { BlockCause, BlockReason } from '../contract.ts';

export interface NewBlock {
  readonly id: string;
  readonly contactId: string;
  readonly reason: BlockReason;
  readonly note: string | null;
  readonly cause: BlockCause;
  readonly expiresAt: Date | null;
  readonly upstream: boolean;
}

/**
 * Opens blocks and raises their contacts' epochs: what was accepted before never leaves.
 * @returns the ids of those that were opened; the end of another has come meanwhile
 */
export const insertBlocks = async (
  tx: Tx,
  actor: Actor,
  blocks: readonly NewBlock[],
): Promise<Set<string>> => {
  const { workspaceId } = actor;
  const { rows } = await sql<{ id: string; contactId: string }>`
    with clock as materialized (select clock_timestamp()::timestamptz(3) as now)
    insert into block
      (workspace_id, id, contact_id, reason, note, cause, started_at, expires_at, upstream, started_by_kind, started_by)
    select ${workspaceId}::uuid, u.id, u.contact, u.reason, u.note, u.cause, now, u.until, u.upstream,
           ${actor.kind}, ${actor.id}::uuid
      from unnest(${blocks.map((b) => b.id)}::uuid[], ${blocks.map((b) => b.contactId)}::uuid[],
                  ${blocks.map((b) => b.reason)}::text[], ${blocks.map((b) => b.note)}::text[],
                  ${blocks.map((b) => b.cause)}::text[], ${blocks.map((b) => b.expiresAt)}::timestamptz[],
                  ${blocks.map((b) => b.upstream)}::boolean[]
                 ) as u (id, contact, reason, note, cause, until, upstream), clock
     where coalesce(u.until > now, true)
    returning id, contact_id as "contactId"`.execute(tx);
  if (rows.length > 0) {
    await sql`update contact set block_epoch = block_epoch + 1
      where workspace_id = ${workspaceId} and id = any(${rows.map((row) => row.contactId)}::uuid[])`.execute(
      tx,
    );
  }
  return new Set(rows.map((row) => row.id));
};
