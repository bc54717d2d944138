import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { Holder } from './assign-identity.ts';
import { noteCreated } from './created-in.ts';
import type { MatchKey } from './normalize-identity.ts';

/** What the address book on the business's phone says of one contact. */
export interface BookEntry {
  readonly workspaceId: string;
  readonly contactId: string;
  /** Null: the entry is gone. */
  readonly name: string | null;
  readonly username: string | null;
  /** WhatsApp's time of the entry, seconds since 1970. */
  readonly at: number;
}

const columns = <T, V>(rows: readonly T[], pick: (row: T) => V): V[] => rows.map(pick);

/**
 * Content: called for admitted people only, whose contacts are locked; each contact once. An entry older than what the
 * contact was last told changes nothing. A user name fills a gap only: what the person's own messages say is newer.
 * @returns the contacts that are called, or found, differently now
 */
export const recordBookNames = async (
  tx: Tx,
  entries: readonly BookEntry[],
): Promise<{ workspaceId: string; contactId: string }[]> => {
  if (entries.length === 0) {
    return [];
  }
  const { rows } = await sql<{ workspaceId: string; contactId: string; isNews: boolean }>`
    with told as (
      select w, id, name, username, to_timestamp(at) as at
        from unnest(${columns(entries, (e) => e.workspaceId)}::uuid[], ${columns(entries, (e) => e.contactId)}::uuid[],
                    ${columns(entries, (e) => e.name)}::text[], ${columns(entries, (e) => e.username)}::text[],
                    ${columns(entries, (e) => e.at)}::bigint[]) as u (w, id, name, username, at)
    ), before as (
      select t.*, c.address_book_name as old_name, c.username as old_username,
             coalesce(c.username, t.username) as new_username
        from told t join contact c on c.workspace_id = t.w and c.id = t.id
       where c.merged_into is null and c.name_removed_at is null and (c.address_book_at is null or c.address_book_at <= t.at)
         and (c.address_book_name, c.address_book_at, c.username)
             is distinct from (t.name, t.at, coalesce(c.username, t.username))
    )
    update contact c
       set address_book_name = b.name, address_book_at = b.at, username = b.new_username
      from before b
     where c.workspace_id = b.w and c.id = b.id
    returning c.workspace_id as "workspaceId", c.id as "contactId",
              (b.old_name, b.old_username) is distinct from (b.name, b.new_username) as "isNews"`.execute(
    tx,
  );
  return rows.filter((row) => row.isNews);
};

/** Somebody of whose identities nobody has, or had, any. */
export interface Unknown {
  readonly workspaceId: string;
  readonly keys: readonly MatchKey[];
}

/**
 * A contact for each of these, in two statements however many they are. The caller holds the locks on their match keys.
 * @returns who holds the identities now
 */
export const insertUnknown = async (
  tx: Tx,
  people: readonly Unknown[],
): Promise<{ workspaceId: string; holder: Holder }[]> => {
  if (people.length === 0) {
    return [];
  }
  const made = people.map(({ workspaceId, keys }) => ({ workspaceId, keys, contactId: newId() }));
  await sql`insert into contact (workspace_id, id)
    select * from unnest(${columns(made, (m) => m.workspaceId)}::uuid[],
                         ${columns(made, (m) => m.contactId)}::uuid[])`.execute(tx);
  noteCreated(
    tx,
    columns(made, (m) => m.contactId),
  );
  const held = made.flatMap(({ workspaceId, contactId, keys }) =>
    keys.map(({ kind, key, value, portfolioId = null }) => {
      const seen = { isFormer: false, heldSince: new Date(), portfolioId };
      const own = { kind, matchKey: key, value, ...seen };
      return { workspaceId, holder: { contactId, identityId: newId(), ...own } };
    }),
  );
  await sql`insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value, portfolio_id)
    select * from unnest(
      ${columns(held, (h) => h.workspaceId)}::uuid[], ${columns(held, (h) => h.holder.identityId)}::uuid[],
      ${columns(held, (h) => h.holder.contactId)}::uuid[], ${columns(held, (h) => h.holder.kind)}::text[],
      ${columns(held, (h) => h.holder.matchKey)}::text[], ${columns(held, (h) => h.holder.value)}::text[],
      ${columns(held, (h) => h.holder.portfolioId)}::text[])`.execute(tx);
  return held;
};
