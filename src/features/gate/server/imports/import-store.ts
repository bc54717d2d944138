import { sql } from 'kysely';
import type { Actor, Db, Tx } from '#platform/server/deps.ts';
import type { ImportState, RowResult } from '../../imports/contract.ts';
import type { BadRow, GoodRow } from './read-row.ts';

export interface NewImport {
  readonly id: string;
  readonly fileName: string | null;
  readonly hasNote: boolean;
  readonly hasUntil: boolean;
}

export const insertImport = async (tx: Tx, actor: Actor, given: NewImport): Promise<void> => {
  await sql`insert into block_import
      (workspace_id, id, file_name, has_note, has_until, created_by_kind, created_by)
    values (${actor.workspaceId}, ${given.id}, ${given.fileName}, ${given.hasNote}, ${given.hasUntil},
            ${actor.kind}, ${actor.id}::uuid)`.execute(tx);
};

const latestEnd = '9999-12-31T23:59:59Z';

export type ReadRow = (GoodRow | BadRow) & { readonly line: number };

/** Rows as they were read; what is planned for them comes when all are here. */
export const insertRows = async (
  db: Db | Tx,
  workspaceId: string,
  importId: string,
  rows: readonly ReadRow[],
): Promise<void> => {
  const good = <T>(pick: (row: GoodRow) => T): (T | null)[] =>
    rows.map((row) => (row.kind === 'good' ? pick(row) : null));
  const values = rows.map((row) => (row.kind === 'good' ? row.identity.value : row.number));
  const causes = rows.map((row) => (row.kind === 'good' ? null : row.cause));
  await sql`
    insert into block_import_row
      (workspace_id, import_id, line, plan, cause, value, kind, match_key, account_key, name, reason, note, expires_at)
    select ${workspaceId}::uuid, ${importId}::uuid, u.line, case when u.cause is null then 'new-contact' else 'error' end,
           u.cause, u.value, u.kind, u.key, u.account, u.name, u.reason, u.note,
           -- By the workspace's clocks the last day of year 9999, which programs write for never, ends in a year that no answer can write.
           case when u.until is not null then least(${latestEnd}::timestamptz,
             case when u.until like '%Z' then u.until::timestamptz
                  else u.until::timestamp at time zone (select w.time_zone from workspace w where w.id = ${workspaceId}) end) end
      from unnest(${rows.map((row) => row.line)}::int[], ${causes}::text[], ${values}::text[],
                  ${good((row) => row.identity.kind)}::text[], ${good((row) => row.identity.key)}::text[],
                  ${good((row) => row.account?.key ?? null)}::text[],
                  ${good((row) => row.name)}::text[], ${good((row) => row.reason)}::text[],
                  ${good((row) => row.note)}::text[], ${good((row) => row.until)}::text[]
                 ) as u (line, cause, value, kind, key, account, name, reason, note, until)`.execute(
    db,
  );
};

const countBy = (column: 'plan' | 'result') => sql`
  coalesce((select jsonb_object_agg(s.name, s.n) from (
    select ${sql.ref(`r.${column}`)} as name, count(*) as n from block_import_row r
     where r.workspace_id = m.workspace_id and r.import_id = m.id and ${sql.ref(`r.${column}`)} is not null
     group by 1) s), '{}')`;

/** @returns false when it is not being read any more */
export const markReady = async (
  tx: Tx,
  workspaceId: string,
  importId: string,
  rowCount: number,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update block_import m set state = 'ready', row_count = ${rowCount}, planned = ${countBy('plan')}
     where m.workspace_id = ${workspaceId} and m.id = ${importId} and m.state = 'reading'`.execute(
    tx,
  );
  return (numAffectedRows ?? 0n) > 0n;
};

export const deleteImport = async (
  db: Db | Tx,
  workspaceId: string,
  importId: string,
): Promise<void> => {
  await sql`delete from block_import where workspace_id = ${workspaceId} and id = ${importId}`.execute(
    db,
  );
};

/** @returns false when it was not ready, or is under way already */
export const markApplying = async (tx: Tx, actor: Actor, importId: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update block_import set state = 'applying', started_at = clock_timestamp(),
           started_by_kind = ${actor.kind}, started_by = ${actor.id}::uuid
     where workspace_id = ${actor.workspaceId} and id = ${importId} and state = 'ready'`.execute(
    tx,
  );
  return (numAffectedRows ?? 0n) > 0n;
};

const wipe = sql`value = null, match_key = null, account_key = null, kind = null, name = null, reason = null, note = null, expires_at = null`;

/**
 * The end of an import, whichever: what had no turn says so, what the file said is deleted, all is counted.
 * @returns false when it has ended before
 */
export const endImport = async (
  tx: Tx,
  workspaceId: string,
  importId: string,
  state: 'done' | 'cancelled' | 'failed',
): Promise<boolean> => {
  const { rows } = await sql`select 1 from block_import
    where workspace_id = ${workspaceId} and id = ${importId} and state in ('ready', 'applying') for update`.execute(
    tx,
  );
  if (rows.length === 0) {
    return false;
  }
  await sql`update block_import_row
       set result = coalesce(result, case plan when 'error' then 'error' when 'duplicate' then 'duplicate' else 'not-done' end),
           ${wipe}
     where workspace_id = ${workspaceId} and import_id = ${importId} and (result is null or value is not null)`.execute(
    tx,
  );
  await sql`update block_import m set state = ${state}, ended_at = clock_timestamp(), done = ${countBy('result')}
     where m.workspace_id = ${workspaceId} and m.id = ${importId}`.execute(tx);
  return true;
};

export interface Applying {
  readonly state: ImportState;
  readonly appliedLine: number;
  readonly hasNote: boolean;
  readonly hasUntil: boolean;
  readonly startedByKind: Actor['kind'];
  readonly startedBy: string | null;
}

const selectApplying = (workspaceId: string, importId: string) => sql<Applying>`
  select state, applied_line as "appliedLine", has_note as "hasNote", has_until as "hasUntil",
         started_by_kind as "startedByKind", started_by as "startedBy"
    from block_import where workspace_id = ${workspaceId} and id = ${importId}`;

export const findApplying = async (
  db: Db | Tx,
  workspaceId: string,
  importId: string,
): Promise<Applying | undefined> => {
  const { rows } = await selectApplying(workspaceId, importId).execute(db);
  return rows[0];
};

/** Whoever cancels waits for the batch that is under way, and a batch that comes late finds it cancelled. */
export const lockApplying = async (
  tx: Tx,
  workspaceId: string,
  importId: string,
): Promise<Applying | undefined> => {
  const { rows } = await sql<Applying>`${selectApplying(workspaceId, importId)} for update`.execute(
    tx,
  );
  return rows[0];
};

export interface RowDone {
  readonly line: number;
  readonly contactId: string | null;
  readonly result: RowResult;
  readonly cause: string | null;
  readonly blockId: string | null;
}

/** What became of the rows of a batch; what the file said of them is deleted with it. */
export const recordRows = async (
  tx: Tx,
  workspaceId: string,
  importId: string,
  rows: readonly RowDone[],
  tally: Readonly<Record<string, number>>,
): Promise<void> => {
  await sql`update block_import_row r
       set result = u.result, cause = coalesce(u.cause, r.cause), contact_id = coalesce(u.contact, r.contact_id),
           block_id = u.block, ${wipe}
      from unnest(${rows.map((row) => row.line)}::int[], ${rows.map((row) => row.result)}::text[],
                  ${rows.map((row) => row.cause)}::text[], ${rows.map((row) => row.contactId)}::uuid[],
                  ${rows.map((row) => row.blockId)}::uuid[]) as u (line, result, cause, contact, block)
     where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.line = u.line`.execute(
    tx,
  );
  await sql`update block_import m
       set applied_line = ${rows.at(-1)?.line ?? 0},
           done = (select jsonb_object_agg(k, coalesce((m.done->>k)::int, 0) + coalesce((${JSON.stringify(tally)}::jsonb->>k)::int, 0))
                     from (select jsonb_object_keys(m.done || ${JSON.stringify(tally)}::jsonb) as k) s)
     where m.workspace_id = ${workspaceId} and m.id = ${importId}`.execute(tx);
};

export const addStillOnWire = async (
  db: Db,
  workspaceId: string,
  importId: string,
  count: number,
): Promise<void> => {
  await sql`update block_import set still_on_wire = still_on_wire + ${count}
    where workspace_id = ${workspaceId} and id = ${importId}`.execute(db);
};

/**
 * An import that nobody applied is forgotten after a day, with what its file said; one whose reading broke off within the
 * hour; what became of the rows of the others after a month.
 */
export const forgetOldImports = async (tx: Tx): Promise<void> => {
  await sql`delete from block_import
     where (state = 'ready' and created_at < clock_timestamp() - interval '24 hours')
        or (state = 'reading' and created_at < clock_timestamp() - interval '1 hour')`.execute(tx);
  await sql`delete from block_import_row r using block_import m
     where m.workspace_id = r.workspace_id and m.id = r.import_id
       and m.ended_at < clock_timestamp() - interval '30 days' and m.undo_state is distinct from 'running'`.execute(
    tx,
  );
};

/**
 * What files said these contacts are called, of rows that wait for their turn.
 * @returns how many said something
 */
export const eraseImportNames = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<number> => {
  const { numAffectedRows } = await sql`update block_import_row r set name = null
     where r.workspace_id = ${workspaceId} and r.name is not null and (
       r.contact_id = any(${[...contactIds]}::uuid[])
       or array[r.match_key, r.account_key] && array(select i.match_key from contact_identity i
            where i.workspace_id = ${workspaceId} and i.contact_id = any(${[...contactIds]}::uuid[])))`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0n);
};
