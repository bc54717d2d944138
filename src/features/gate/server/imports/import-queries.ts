import { type RawBuilder, sql } from 'kysely';
import { decodeCursor, type Page, rowsToRead, toPage } from '#platform/server/cursor.ts';
import type { Db, Tx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import type { BlockReason } from '../../contract.ts';
import {
  type BlockImport,
  type BlockImportRow,
  type BlockImportUndo,
  rowPlans,
  rowResults,
} from '../../imports/contract.ts';

interface ImportRow {
  id: string;
  fileName: string | null;
  state: BlockImport['state'];
  rows: number;
  planned: Record<string, number>;
  done: Record<string, number>;
  stillOnWire: number;
  createdAt: Date;
  createdByKind: string;
  createdBy: string | null;
  createdByName: string | null;
  startedAt: Date | null;
  endedAt: Date | null;
  undoState: BlockImportUndo['state'] | null;
  undoTotal: number;
  undoLifted: number;
  undoKept: number;
  undoStartedAt: Date;
  undoStartedByKind: string;
  undoStartedBy: string | null;
  undoStartedByName: string | null;
  undoEndedAt: Date | null;
}

const selectImports = (where: RawBuilder<unknown>, limit: number) => sql<ImportRow>`
  select m.id, m.file_name as "fileName", m.state, m.row_count as rows, m.planned, m.done,
         m.still_on_wire as "stillOnWire", m.created_at as "createdAt", m.created_by_kind as "createdByKind",
         m.created_by as "createdBy", coalesce(p.name, k.name) as "createdByName", m.started_at as "startedAt",
         m.ended_at as "endedAt", m.undo_state as "undoState", m.undo_total as "undoTotal", m.undo_lifted as "undoLifted",
         m.undo_kept as "undoKept", m.undo_started_at as "undoStartedAt", m.undo_started_by_kind as "undoStartedByKind",
         m.undo_started_by as "undoStartedBy", coalesce(up.name, uk.name) as "undoStartedByName",
         m.undo_ended_at as "undoEndedAt"
    from block_import m
    left join member p on p.workspace_id = m.workspace_id and p.id = m.created_by
    left join api_key k on k.workspace_id = m.workspace_id and k.id = m.created_by
    left join member up on up.workspace_id = m.workspace_id and up.id = m.undo_started_by
    left join api_key uk on uk.workspace_id = m.workspace_id and uk.id = m.undo_started_by
   where ${where}
   order by m.created_at desc, m.id desc
   limit ${sql.lit(limit)}`;

const countsOf = <T extends string>(names: readonly T[], found: Record<string, number>) =>
  Object.fromEntries(names.map((name) => [name, found[name] ?? 0])) as Record<T, number>;

const byOf = (kind: string, id: string | null, name: string | null): BlockImport['createdBy'] =>
  kind === 'system' ? null : { id, name: name ?? '—' };

const toUndo = (row: ImportRow): BlockImportUndo | null =>
  row.undoState === null
    ? null
    : {
        state: row.undoState,
        all: row.undoTotal,
        lifted: row.undoLifted,
        kept: row.undoKept,
        startedAt: row.undoStartedAt.toISOString(),
        startedBy: byOf(row.undoStartedByKind, row.undoStartedBy, row.undoStartedByName),
        endedAt: row.undoEndedAt?.toISOString() ?? null,
      };

const toImport = (row: ImportRow): BlockImport => ({
  id: row.id,
  fileName: row.fileName,
  state: row.state,
  rows: row.rows,
  planned: countsOf(rowPlans, row.planned),
  done: countsOf(rowResults, row.done),
  stillOnWire: row.stillOnWire,
  createdAt: row.createdAt.toISOString(),
  createdBy: byOf(row.createdByKind, row.createdBy, row.createdByName),
  startedAt: row.startedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
  undo: toUndo(row),
});

export const findImport = async (
  db: Db | Tx,
  workspaceId: string,
  importId: string,
): Promise<BlockImport | undefined> => {
  const where = sql`m.workspace_id = ${workspaceId} and m.id = ${importId}`;
  const { rows } = await selectImports(where, 1).execute(db);
  return rows[0] === undefined ? undefined : toImport(rows[0]);
};

/** Newest first; a file that is still being read is none yet. */
export const listImports = async (
  db: Db,
  workspaceId: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<BlockImport>> => {
  const parts = [sql`m.workspace_id = ${workspaceId}`, sql`m.state <> 'reading'`];
  if (cursor !== undefined) {
    const { at, id } = decodeCursor(cursor);
    parts.push(sql`(m.created_at, m.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const where = sql.join(parts, sql` and `);
  const { rows } = await selectImports(where, rowsToRead(limit)).execute(db);
  return toPage(rows, limit, ({ createdAt: at, id }) => ({ at, id }), toImport);
};

interface FileRow {
  line: number;
  plan: BlockImportRow['plan'];
  result: BlockImportRow['result'];
  cause: BlockImportRow['cause'];
  ofLine: number | null;
  contactId: string | null;
  value: string | null;
  name: string | null;
  reason: BlockReason | null;
  note: string | null;
  expiresAt: Date | null;
}

export interface RowsQuery {
  readonly plan?: string | undefined;
  readonly result?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const lineOf = (cursor: string): number => {
  if (!/^\d{1,7}$/.test(cursor)) {
    throw new AppError('invalid-cursor', 400);
  }
  return Number(cursor);
};

/** In the order of the file; the cursor is the line before. */
export const listRows = async (
  db: Db,
  workspaceId: string,
  importId: string,
  { plan, result, cursor, limit }: RowsQuery,
): Promise<Page<BlockImportRow>> => {
  const parts = [sql`r.workspace_id = ${workspaceId}`, sql`r.import_id = ${importId}`];
  if (plan !== undefined) parts.push(sql`r.plan = ${plan}`);
  if (result !== undefined) parts.push(sql`r.result = ${result}`);
  if (cursor !== undefined) parts.push(sql`r.line > ${lineOf(cursor)}`);
  const { rows } = await sql<FileRow>`
    select r.line, r.plan, r.result, r.cause, r.of_line as "ofLine", r.contact_id as "contactId", r.value,
           case when not exists (select 1 from contact c where c.workspace_id = r.workspace_id and c.id = r.contact_id
                                    and c.is_name_covered) then r.name end as name, r.reason,
           r.note, r.expires_at as "expiresAt"
      from block_import_row r where ${sql.join(parts, sql` and `)}
     order by r.line limit ${sql.lit(rowsToRead(limit))}`.execute(db);
  const items = rows.slice(0, limit).map(({ value, expiresAt, ...row }) => ({
    ...row,
    number: value,
    expiresAt: expiresAt?.toISOString() ?? null,
  }));
  const last = items.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items, nextCursor: hasMore ? String(last.line) : null };
};

export interface WaitingRow {
  readonly line: number;
  readonly kind: 'phone' | 'bsuid';
  readonly key: string;
  readonly value: string;
  readonly accountKey: string | null;
  readonly name: string | null;
  readonly reason: BlockReason;
  readonly note: string | null;
  readonly expiresAt: Date | null;
}

/** The next rows of the file that are to do something. */
export const findWaitingRows = async (
  tx: Tx,
  workspaceId: string,
  importId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<WaitingRow[]> => {
  const { rows } = await sql<WaitingRow>`
    select line, kind, match_key as key, value, account_key as "accountKey", name, reason, note, expires_at as "expiresAt"
      from block_import_row
     where workspace_id = ${workspaceId} and import_id = ${importId} and line > ${after} and result is null
       and plan not in ('error', 'duplicate')
     order by line limit ${sql.lit(limit)}`.execute(tx);
  return rows;
};
