import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { BlockReason } from '../contract.ts';

/** A block as the journal knows it: nothing of why in somebody's words, nor of who. */
export interface JournaledBlock {
  readonly id: string;
  readonly reason: BlockReason;
  readonly startedAt: Date;
  readonly expiresAt: Date | null;
  readonly liftedAt: Date | null;
  readonly upstream: boolean;
}

export interface StoredBlock extends JournaledBlock {
  readonly contactId: string;
}

/** Those of these blocks that are here, with whomever. */
export const findBlocksById = async (
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, StoredBlock>> => {
  const { rows } = await sql<StoredBlock>`
    select id, contact_id as "contactId", reason, started_at as "startedAt", expires_at as "expiresAt",
           lifted_at as "liftedAt", upstream
      from block where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
};

/** Puts a block into its place in time. One whose end has come is ended by the clock. @returns whether it holds now */
export const insertJournaled = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  block: JournaledBlock,
): Promise<boolean> => {
  const { rows } = await sql<{ isOpen: boolean }>`
    with clock as materialized (select clock_timestamp() as now)
    insert into block (workspace_id, id, contact_id, reason, cause, started_at, expires_at, upstream, started_by_kind,
                       lifted_at, lifted_by_kind)
    select ${workspaceId}, ${block.id}, ${contactId}, ${block.reason}, 'journal', ${block.startedAt}, ${block.expiresAt}::timestamptz,
           ${block.upstream}, 'system', e.lifted, case when e.lifted is not null then 'system' end
      from clock, lateral (select coalesce(${block.liftedAt}::timestamptz,
             case when ${block.expiresAt}::timestamptz <= clock.now then ${block.expiresAt}::timestamptz end) as lifted) e
    returning lifted_at is null as "isOpen"`.execute(tx);
  return rows[0]?.isOpen ?? false;
};

/** What was changed of a block that is not lifted. */
export const changeJournaled = async (
  tx: Tx,
  workspaceId: string,
  { id, reason, expiresAt, upstream }: JournaledBlock,
): Promise<void> => {
  await sql`update block set reason = ${reason}, expires_at = ${expiresAt}, upstream = ${upstream},
           touched_at = clock_timestamp()
    where workspace_id = ${workspaceId} and id = ${id} and lifted_at is null`.execute(tx);
};

/** By whom is not known any more. */
export const liftJournaled = async (
  tx: Tx,
  workspaceId: string,
  blockId: string,
  at: Date,
): Promise<void> => {
  await sql`update block_attempt_total set is_open = false
    where workspace_id = ${workspaceId} and block_id = ${blockId}`.execute(tx);
  await sql`update block set lifted_at = greatest(${at}, started_at), lifted_by_kind = 'system', lifted_by = null
    where workspace_id = ${workspaceId} and id = ${blockId} and lifted_at is null`.execute(tx);
};

/** What was accepted before it never leaves. */
export const raiseEpoch = async (tx: Tx, workspaceId: string, contactId: string): Promise<void> => {
  await sql`update contact set block_epoch = block_epoch + 1
    where workspace_id = ${workspaceId} and id = ${contactId}`.execute(tx);
};
