import { sql } from 'kysely';
import { blockIsActive } from '#features/contacts/server/index.ts';
import type { Actor, Db, Tx } from '#platform/server/deps.ts';
import type { BlockImportUndo } from '../../imports/contract.ts';
import { hasNoOtherWord } from './undo-queries.ts';

/** @returns false when it has not ended yet, or is being undone already */
export const markUndoing = async (
  tx: Tx,
  actor: Actor,
  importId: string,
  standing: number,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update block_import set undo_state = 'running', undo_line = 0, undo_total = undo_lifted + ${standing}, undo_kept = 0,
           undo_started_at = clock_timestamp(), undo_started_by_kind = ${actor.kind}, undo_started_by = ${actor.id}::uuid,
           undo_ended_at = null
     where workspace_id = ${actor.workspaceId} and id = ${importId} and state in ('done', 'cancelled', 'failed')
       and undo_state is distinct from 'running'`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
};

export interface Undoing {
  readonly undoState: BlockImportUndo['state'] | null;
  readonly undoLine: number;
  readonly startedByKind: Actor['kind'];
  readonly startedBy: string | null;
}

const selectUndoing = (workspaceId: string, importId: string) => sql<Undoing>`
  select undo_state as "undoState", undo_line as "undoLine", undo_started_by_kind as "startedByKind",
         undo_started_by as "startedBy"
    from block_import where workspace_id = ${workspaceId} and id = ${importId}`;

export const findUndoing = async (
  db: Db | Tx,
  workspaceId: string,
  importId: string,
): Promise<Undoing | undefined> => {
  const { rows } = await selectUndoing(workspaceId, importId).execute(db);
  return rows[0];
};

/** Before any contact, as whoever applies an import locks it: a second run waits, and finds what is left. */
export const lockUndoing = async (
  tx: Tx,
  workspaceId: string,
  importId: string,
): Promise<Undoing | undefined> => {
  const { rows } = await sql<Undoing>`${selectUndoing(workspaceId, importId)} for update`.execute(
    tx,
  );
  return rows[0];
};

/** Those of these blocks that stand as the import made them, asked with their contacts locked. */
export const findUntouched = async (
  tx: Tx,
  workspaceId: string,
  importId: string,
  blockIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ id: string }>`
    select b.id from block b
     where b.workspace_id = ${workspaceId} and b.id = any(${[...blockIds]}::uuid[]) and ${blockIsActive}
       and ${hasNoOtherWord(importId)}`.execute(tx);
  return new Set(rows.map(({ id }) => id));
};

/** Lifted by that: nobody has let their people in. */
export const markUndone = async (
  tx: Tx,
  workspaceId: string,
  blockIds: readonly string[],
): Promise<void> => {
  await sql`update block set is_undone = true
    where workspace_id = ${workspaceId} and id = any(${[...blockIds]}::uuid[])`.execute(tx);
};

export const recordLifts = async (
  tx: Tx,
  workspaceId: string,
  importId: string,
  done: { readonly line: number; readonly lifted: number },
): Promise<void> => {
  await sql`update block_import
       set undo_line = ${done.line}, undo_lifted = undo_lifted + ${done.lifted},
           undo_total = greatest(undo_total, undo_lifted + ${done.lifted})
     where workspace_id = ${workspaceId} and id = ${importId}`.execute(tx);
};

/** What was to be lifted and was not is as somebody wants it; of one that failed that is not known. @returns false when it has ended before */
export const endUndo = async (
  tx: Tx,
  workspaceId: string,
  importId: string,
  state: 'done' | 'failed',
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update block_import set undo_state = ${state}, undo_ended_at = clock_timestamp(),
           undo_kept = case when ${state}::text = 'done' then greatest(undo_total - undo_lifted, 0) else 0 end
     where workspace_id = ${workspaceId} and id = ${importId} and undo_state = 'running'`.execute(
    tx,
  );
  return (numAffectedRows ?? 0n) > 0n;
};
