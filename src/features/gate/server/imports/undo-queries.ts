import { type RawBuilder, sql } from 'kysely';
import { blockIsActive } from '#features/contacts/server/index.ts';
import type { Db, Tx } from '#platform/server/deps.ts';
import type { BlockImportUndoPreview } from '../../imports/contract.ts';

/**
 * Of the block `b`, which this import made: nobody has changed it, said it again or reviewed it since, and no other import, unless it
 * is undone itself, names its person too.
 */
export const hasNoOtherWord = (importId: string): RawBuilder<boolean> => sql<boolean>`(
  b.touched_at is null and b.confirmed_at is null and b.reviewed_at is null and not exists (
    select 1 from block_import_row o
      join block_import i on i.workspace_id = o.workspace_id and i.id = o.import_id
     where o.workspace_id = b.workspace_id and o.block_id = b.id and o.result in ('edited', 'unchanged')
       and o.import_id <> ${importId} and i.undo_state is distinct from 'done'))`;

/** What would be lifted, and what would stay. @param made how many blocks the import made, by its own count */
export const previewUndo = async (
  db: Db | Tx,
  workspaceId: string,
  importId: string,
  made: number,
): Promise<BlockImportUndoPreview> => {
  const { rows } = await sql<Record<'standing' | 'confirmed' | 'ended', number>>`
    select count(*) filter (where s.holds and s.untouched)::int as standing,
           count(*) filter (where s.holds and not s.untouched)::int as confirmed,
           count(*) filter (where not s.holds)::int as ended
      from (select ${blockIsActive} as holds, ${hasNoOtherWord(importId)} as untouched
              from block_import_row r
              join block b on b.workspace_id = r.workspace_id and b.id = r.block_id
             where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.result = 'blocked') s`.execute(
    db,
  );
  const found = rows[0] ?? { standing: 0, confirmed: 0, ended: 0 };
  const known = found.standing + found.confirmed + found.ended;
  return { ...found, forgotten: Math.max(0, made - known) };
};

export interface MadeBlock {
  readonly line: number;
  readonly blockId: string;
  /** Null: the block has ended. */
  readonly contactId: string | null;
}

/**
 * The next rows that blocked somebody, in the order of the file. Rows first and their blocks by id: joined, all of either are read for
 * each batch where PostgreSQL has no figures of the tables yet.
 */
export const findNextMade = async (
  tx: Tx,
  workspaceId: string,
  importId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<MadeBlock[]> => {
  const { rows: next } = await sql<Omit<MadeBlock, 'contactId'>>`
    select line, block_id as "blockId" from block_import_row
     where workspace_id = ${workspaceId} and import_id = ${importId} and result = 'blocked' and line > ${after}
       and block_id is not null
     order by line limit ${sql.lit(limit)}`.execute(tx);
  const { rows } = await sql<{ id: string; contactId: string }>`
    select b.id, b.contact_id as "contactId" from block b
     where b.workspace_id = ${workspaceId} and b.id = any(${next.map(({ blockId }) => blockId)}::uuid[])
       and ${blockIsActive}`.execute(tx);
  const holds = new Map(rows.map(({ id, contactId }) => [id, contactId]));
  return next.map((row) => ({ ...row, contactId: holds.get(row.blockId) ?? null }));
};
