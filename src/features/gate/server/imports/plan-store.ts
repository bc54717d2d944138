import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';

interface Planned {
  readonly workspaceId: string;
  readonly importId: string;
  readonly hasNote: boolean;
  readonly hasUntil: boolean;
}

/** An end that has passed already is a mistake: by the database's clock, which also ends blocks. */
const markPast = (tx: Tx, { workspaceId, importId }: Planned) =>
  sql`
  update block_import_row set plan = 'error', cause = 'until-past'
   where workspace_id = ${workspaceId} and import_id = ${importId} and plan <> 'error'
     and expires_at <= clock_timestamp()`.execute(tx);

/** Who is known by now, under the identity that the row names. */
const findKnown = (tx: Tx, { workspaceId, importId }: Planned) =>
  sql`
  update block_import_row r set contact_id = i.contact_id, plan = 'known-contact'
    from contact_identity i
   where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.plan = 'new-contact'
     and i.workspace_id = ${workspaceId} and i.match_key = r.match_key and not i.is_former`.execute(
    tx,
  );

/** Of rows about one person the first counts. */
const markDuplicates = (tx: Tx, { workspaceId, importId }: Planned) =>
  sql`
  update block_import_row r set plan = 'duplicate', of_line = f.line
    from (select line as own, min(line) over (partition by coalesce(contact_id::text, match_key)) as line
            from block_import_row
           where workspace_id = ${workspaceId} and import_id = ${importId} and plan <> 'error') f
   where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.line = f.own and f.own <> f.line`.execute(
    tx,
  );

/** Whoever is blocked already: what the file says too, or something else. Columns that it does not have say nothing. */
const markBlocked = (tx: Tx, { workspaceId, importId, hasNote, hasUntil }: Planned) =>
  sql`
  update block_import_row r
     set plan = case when b.reason = r.reason and (not ${hasNote}::boolean or b.note is not distinct from r.note)
                      and (not ${hasUntil}::boolean or date_trunc('second', b.expires_at)
                            is not distinct from date_trunc('second', r.expires_at))
                     then 'unchanged' else 'edit' end
    from block b
   where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.plan = 'known-contact'
     and b.workspace_id = ${workspaceId} and b.contact_id = r.contact_id
     and b.lifted_at is null and (b.expires_at is null or b.expires_at > clock_timestamp())`.execute(
    tx,
  );

/**
 * Says of every row what it will do. Nothing is known yet of a table that has just been filled, and PostgreSQL would take it for
 * one of a few rows: row by row, each with all the others.
 */
export const planRows = async (tx: Tx, planned: Planned): Promise<void> => {
  await sql`set local enable_nestloop = off`.execute(tx);
  for (const step of [markPast, findKnown, markDuplicates, markBlocked]) {
    await step(tx, planned);
  }
  await sql`set local enable_nestloop = on`.execute(tx);
};
