import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';

interface PlannedPairs {
  readonly workspaceId: string;
  readonly importId: string;
  /** Who has each name: `match_key`, `contact_id`. */
  readonly holders: RawBuilder<unknown>;
}

/**
 * Rows with a number and an id: whoever is known under either, and comes to the other by this. Two people here, or a number that
 * another account is known to have, cannot both be right: that is for a person to decide.
 * @returns whether the file has such rows
 */
export const markPairs = async (
  tx: Tx,
  { workspaceId, importId, holders }: PlannedPairs,
): Promise<boolean> => {
  const { rows } = await sql`
  update block_import_row r
     set contact_id = case when not p.differ then coalesce(p.of_number, p.of_account) end,
         plan = case when p.differ then 'error'
                     when coalesce(p.of_number, p.of_account) is null then 'new-contact' else 'known-contact' end,
         cause = case when p.differ then 'names-differ' end,
         learns = not p.differ and (p.of_number is null) <> (p.of_account is null)
    from (select n.line, n.contact_id as of_number, h.contact_id as of_account,
                 coalesce(n.contact_id <> h.contact_id, false) or (h.contact_id is null and exists (
                   select 1 from contact_identity o
                    where o.workspace_id = ${workspaceId} and o.contact_id = n.contact_id and o.kind = 'bsuid'
                      and not o.is_former)) as differ
            from block_import_row n
            left join ${holders} h on h.match_key = n.account_key
           where n.workspace_id = ${workspaceId} and n.import_id = ${importId} and n.account_key is not null
             and n.plan <> 'error') p
   where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.line = p.line
  returning 1`.execute(tx);
  return rows.length > 0;
};

/**
 * Of rows about one person the first counts. Each stands for the people it names: a contact, or a name that nobody has. A pair
 * that shares one of them with an earlier row and brings another one, which no row that counts has, would lose it in silence.
 */
export const markRepeatedPairs = async (
  tx: Tx,
  { workspaceId, importId, holders }: PlannedPairs,
): Promise<void> => {
  await sql`
  with placed as (
    select n.line, coalesce(a.contact_id::text, n.match_key) as one, coalesce(b.contact_id::text, n.account_key) as other
      from block_import_row n
      left join ${holders} a on a.match_key = n.match_key
      left join ${holders} b on b.match_key = n.account_key
     where n.workspace_id = ${workspaceId} and n.import_id = ${importId} and n.plan <> 'error'
  ), named as (
    select line, one as who, coalesce(other <> one, false) as is_pair from placed
    union all
    select line, other, true from placed where other <> one
  ), met as (
    select *, min(line) over (partition by who) as first from named
  ), told as (
    select *, min(first) over (partition by line) as of_line from met
  ), counted as (
    select *, min(line) filter (where not is_pair or of_line = line) over (partition by who) as said from told
  ), judged as (
    select line, min(of_line) as of_line, min(said) as said,
           bool_or(is_pair and of_line < line and coalesce(said > line, true)) as brings
      from counted group by line
  )
  update block_import_row r
     set plan = case when j.brings then 'error' else 'duplicate' end,
         cause = case when j.brings then 'names-in-two-rows' end,
         of_line = case when j.brings then j.of_line else j.said end
    from judged j
   where r.workspace_id = ${workspaceId} and r.import_id = ${importId} and r.line = j.line
     and (j.brings or j.said < j.line)`.execute(tx);
};
