import { type RawBuilder, sql } from 'kysely';
import { decodeCursor, type Page, rowsToRead, toPage } from '#platform/server/cursor.ts';
import type { Db, Tx } from '#platform/server/deps.ts';
import type { ContactFacts, IdentityConflict } from '../../people/contract.ts';
import { type IdentityKind, maskIdentity } from '../normalize-identity.ts';
import { outcomesOf } from './conflict-outcomes.ts';
import { sidesOfConflict } from './conflict-store.ts';
import { findFacts } from './facts-queries.ts';

interface ConflictRow {
  id: string;
  kind: IdentityConflict['kind'];
  /** Where both are by now: merged ones under the contact that remains. */
  contactId: string;
  otherId: string | null;
  matchKey: string;
  sharedKind: IdentityKind;
  sharedValue: string;
  openedAt: Date;
  outcome: IdentityConflict['outcome'];
  decidedAt: Date | null;
  decidedBy: string | null;
  /** Who has, or had, what both claim. */
  sharedIsWith: 'contact' | 'other' | null;
  holderHasMore: boolean;
}

/** The identity that both claim, as it lies with one of the two. */
const shared = sql`(select jsonb_build_object('with', i.contact_id, 'value', i.value, 'more', exists (
    select 1 from contact_identity more where more.workspace_id = i.workspace_id and more.contact_id = i.contact_id
       and more.id <> i.id))
  from contact_identity i
 where i.workspace_id = f.workspace_id and i.match_key = coalesce(f.shared_key, f.match_key)
   and i.contact_id in (a.id, o.id)
 order by exists (select 1 from block b where b.workspace_id = i.workspace_id and b.contact_id = i.contact_id
                     and b.lifted_at is null) desc, i.is_former limit 1)`;

const selectConflicts = (where: RawBuilder<unknown>, limit: number) => sql<ConflictRow>`
  select f.id, f.kind, a.id as "contactId", o.id as "otherId", f.match_key as "matchKey",
         split_part(coalesce(f.shared_key, f.match_key), ':', 1) as "sharedKind",
         coalesce(s.shared ->> 'value', substr(coalesce(f.shared_key, f.match_key),
           strpos(coalesce(f.shared_key, f.match_key), ':') + 1)) as "sharedValue",
         f.opened_at as "openedAt", f.outcome, f.resolved_at as "decidedAt", coalesce(m.name, k.name) as "decidedBy",
         case (s.shared ->> 'with')::uuid when a.id then 'contact' when o.id then 'other' end as "sharedIsWith",
         coalesce((s.shared ->> 'more')::boolean, false) as "holderHasMore"
    from identity_conflict f
    ${sidesOfConflict}
    left join member m on m.workspace_id = f.workspace_id and m.id = f.resolved_by
    left join api_key k on k.workspace_id = f.workspace_id and k.id = f.resolved_by
    cross join lateral (select ${shared} as shared) s
   where ${where}
   order by f.opened_at desc, f.id desc limit ${sql.lit(limit)}`;

const toConflict = (row: ConflictRow, facts: ReadonlyMap<string, ContactFacts>) => {
  const contact = facts.get(row.contactId);
  const other = row.otherId === null ? null : (facts.get(row.otherId) ?? null);
  if (contact === undefined) {
    throw new Error('a contact of a conflict is not there');
  }
  return {
    id: row.id,
    kind: row.kind,
    identityKind: row.sharedKind,
    maskedIdentity: maskIdentity(row.sharedKind, row.sharedValue),
    openedAt: row.openedAt.toISOString(),
    contact,
    other,
    outcomes:
      row.decidedAt !== null
        ? []
        : outcomesOf({
            isContactBlocked: contact.isBlocked,
            isOtherBlocked: other?.isBlocked,
            sharedIsWith: row.sharedIsWith ?? undefined,
            holderHasMore: row.holderHasMore,
          }),
    outcome: row.outcome,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decidedBy: row.decidedBy,
  } satisfies IdentityConflict;
};

const withFacts = async (
  db: Db | Tx,
  workspaceId: string,
  rows: readonly ConflictRow[],
): Promise<ReadonlyMap<string, ContactFacts>> => {
  const ids = rows.flatMap((row) => [
    row.contactId,
    ...(row.otherId === null ? [] : [row.otherId]),
  ]);
  return findFacts(db, workspaceId, [...new Set(ids)]);
};

/** One conflict with both sides, open or decided. */
export const readConflict = async (
  db: Db | Tx,
  workspaceId: string,
  id: string,
): Promise<IdentityConflict | undefined> => {
  const { rows } = await selectConflicts(
    sql`f.workspace_id = ${workspaceId} and f.id = ${id}`,
    1,
  ).execute(db);
  const facts = await withFacts(db, workspaceId, rows);
  return rows[0] === undefined ? undefined : toConflict(rows[0], facts);
};

/** Newest first. */
export const listConflicts = async (
  db: Db,
  workspaceId: string,
  query: { state: 'open' | 'decided'; cursor?: string | undefined; limit: number },
): Promise<Page<IdentityConflict>> => {
  const parts = [
    sql`f.workspace_id = ${workspaceId}`,
    query.state === 'open' ? sql`f.resolved_at is null` : sql`f.resolved_at is not null`,
  ];
  if (query.cursor !== undefined) {
    const { at, id } = decodeCursor(query.cursor);
    parts.push(sql`(f.opened_at, f.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const { rows } = await selectConflicts(
    sql.join(parts, sql` and `),
    rowsToRead(query.limit),
  ).execute(db);
  const facts = await withFacts(db, workspaceId, rows);
  return toPage(
    rows,
    query.limit,
    ({ openedAt: at, id }) => ({ at, id }),
    (row) => toConflict(row, facts),
  );
};

export const countConflicts = async (db: Db, workspaceId: string): Promise<{ open: number }> => {
  const { rows } = await sql<{ open: number }>`select count(*)::int as open from identity_conflict
    where workspace_id = ${workspaceId} and resolved_at is null`.execute(db);
  return { open: rows[0]?.open ?? 0 };
};
