import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { markPairs, markRepeatedPairs } from './pair-store.ts';

/** A contact that takes this name as soon as it appears. */
export interface WaitsFor {
  readonly key: string;
  readonly contactId: string;
}

interface Planned {
  readonly workspaceId: string;
  readonly importId: string;
  readonly waiting: readonly WaitsFor[];
  readonly hasNote: boolean;
  readonly hasUntil: boolean;
}

/** An end that has passed already is a mistake: by the database's clock, which also ends blocks. */
const markPast = (tx: Tx, { workspaceId, importId }: Planned) =>
  sql`
  update block_import_row set plan = 'error', cause = 'until-past'
   where workspace_id = ${workspaceId} and import_id = ${importId} and plan <> 'error'
     and expires_at <= clock_timestamp()`.execute(tx);

/** Who has each name by now, or takes it. */
const holders = ({ workspaceId, waiting }: Planned): RawBuilder<unknown> => {
  const held = sql`select h.match_key, h.contact_id from contact_identity h
    where h.workspace_id = ${workspaceId} and not h.is_former`;
  return waiting.length === 0
    ? sql`(${held})`
    : sql`(${held} union all
        select u.k, u.c from unnest(${waiting.map(({ key }) => key)}::text[],
                                    ${waiting.map(({ contactId }) => contactId)}::uuid[]) as u (k, c)
         where not exists (select 1 from contact_identity n
                 where n.workspace_id = ${workspaceId} and n.match_key = u.k))`;
};

/** Who is known by now, under the identity that the row names. */
const findKnown = (tx: Tx, planned: Planned) => {
  const { workspaceId, importId } = planned;
  return sql`
  update block_import_row r set contact_id = i.contact_id, plan = 'known-contact'
    from ${holders(planned)} i
   where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.plan = 'new-contact'
     and i.match_key = r.match_key`.execute(tx);
};

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

/**
 * Whoever is blocked already: what the file says too, or something else. Columns that it does not have say nothing; of
 * a note it tells neither how its lines are broken nor whether it is empty or none.
 */
const markBlocked = (tx: Tx, { workspaceId, importId, hasNote, hasUntil }: Planned) =>
  sql`
  update block_import_row r
     set plan = case when not r.learns and b.reason = r.reason and (not ${hasNote}::boolean
                           or nullif(replace(b.note, E'\\r\\n', E'\\n'), '') is not distinct from r.note)
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
  await markPast(tx, planned);
  await findKnown(tx, planned);
  const pairs = { ...planned, holders: holders(planned) };
  await ((await markPairs(tx, pairs)) ? markRepeatedPairs(tx, pairs) : markDuplicates(tx, planned));
  await markBlocked(tx, planned);
  await sql`set local enable_nestloop = on`.execute(tx);
};
