import { type RawBuilder, sql } from 'kysely';
import { decodeCursor, type Page, rowsToRead, toPage } from '#platform/server/cursor.ts';
import type { Db, Tx } from '#platform/server/deps.ts';
import type { Contact } from '../contract.ts';
import { blockIsActive } from './block-queries.ts';
import { displayName } from './name.ts';
import { decodeNameCursor, encodeNameCursor } from './name-cursor.ts';
import { type NameRow, nameColumns } from './name-queries.ts';
import { maskPhone } from './normalize-identity.ts';
import { isListedFor } from './search-queries.ts';

interface ContactRow extends NameRow {
  id: string;
  isBlocked: boolean;
  createdAt: Date;
  sortName: string;
}

const selectContacts = (
  where: RawBuilder<unknown>,
  limit: number,
  order: RawBuilder<unknown> = sql`c.created_at desc, c.id desc`,
): RawBuilder<ContactRow> => sql<ContactRow>`
  select c.id, ${nameColumns}, c.sort_name as "sortName",
         exists (select 1 from block b where b.workspace_id = c.workspace_id and b.contact_id = c.id
                  and ${blockIsActive}) as "isBlocked",
         c.created_at as "createdAt"
    from contact c
   where ${where}
   order by ${order}
   limit ${sql.lit(limit)}`;

const toContact = (row: ContactRow): Contact => ({
  id: row.id,
  name: displayName(row),
  givenName: row.givenName,
  addressBookName: row.addressBookName,
  profileName: row.profileName,
  username: row.username,
  phone: row.phone === null ? null : `+${row.phone}`,
  nameWithheld: row.nameWithheld,
  isBlocked: row.isBlocked,
  createdAt: row.createdAt.toISOString(),
});

/** A contact that was merged is found under the one that remains; one whose data was erased is not found. */
export const findContact = async (
  db: Db | Tx,
  workspaceId: string,
  contactId: string,
): Promise<Contact | undefined> => {
  const { rows } = await selectContacts(
    sql`c.workspace_id = ${workspaceId} and c.erased_at is null and c.id = (
      select coalesce(o.merged_into, o.id) from contact o where o.workspace_id = ${workspaceId} and o.id = ${contactId})`,
    1,
  ).execute(db);
  return rows[0] === undefined ? undefined : toContact(rows[0]);
};

export interface ContactListQuery {
  readonly search?: string | undefined;
  readonly sort?: 'newest' | 'name' | undefined;
  readonly blocked?: 'with' | 'without' | 'only' | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const partsOf = (workspaceId: string, { search, blocked }: ContactListQuery) => {
  const parts = [
    sql`c.workspace_id = ${workspaceId}`,
    sql`c.merged_into is null and c.erased_at is null`,
  ];
  if (search) {
    parts.push(isListedFor(workspaceId, search));
  }
  if (blocked === 'only') {
    // From the blocks, which are few, and not from every contact.
    parts.push(sql`c.id = any(array(select b.contact_id from block b
      where b.workspace_id = ${workspaceId} and ${blockIsActive}))`);
  }
  if (blocked === 'without') {
    parts.push(sql`not exists (select 1 from block b where b.workspace_id = c.workspace_id and b.contact_id = c.id
      and ${blockIsActive})`);
  }
  return parts;
};

const listByName = async (
  db: Db,
  workspaceId: string,
  query: ContactListQuery,
): Promise<Page<Contact>> => {
  const parts = partsOf(workspaceId, query);
  if (query.cursor !== undefined) {
    const { name, id } = decodeNameCursor(query.cursor);
    parts.push(sql`(c.sort_name, c.id) > (${name}, ${id}::uuid)`);
  }
  const { rows } = await selectContacts(
    sql.join(parts, sql` and `),
    rowsToRead(query.limit),
    sql`c.sort_name, c.id`,
  ).execute(db);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(toContact),
    nextCursor: last === undefined ? null : encodeNameCursor({ name: last.sortName, id: last.id }),
  };
};

/** Newest first, or by name. */
export const listContacts = async (
  db: Db,
  workspaceId: string,
  query: ContactListQuery,
): Promise<Page<Contact>> => {
  if (query.sort === 'name') {
    return listByName(db, workspaceId, query);
  }
  const parts = partsOf(workspaceId, query);
  if (query.cursor !== undefined) {
    const { at, id } = decodeCursor(query.cursor);
    parts.push(sql`(c.created_at, c.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const where = sql.join(parts, sql` and `);
  const { rows } = await selectContacts(where, rowsToRead(query.limit)).execute(db);
  return toPage(rows, query.limit, ({ createdAt: at, id }) => ({ at, id }), toContact);
};

/** For logs and the audit: never the whole number. */
export const findMaskedNumber = async (
  db: Db | Tx,
  workspaceId: string,
  contactId: string,
): Promise<string> => {
  const masked = await findMaskedNumbers(db, workspaceId, [contactId]);
  return masked.get(contactId) ?? noNumber;
};

/** What stands for the number of whoever has none. */
const noNumber = '—';

/** The same of several contacts; each has its line. */
export const findMaskedNumbers = async (
  db: Db | Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<Map<string, string>> => {
  const { rows } = await sql<{ contactId: string; value: string }>`
    select distinct on (contact_id) contact_id as "contactId", ltrim(value, '+') as value from contact_identity
     where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])
       and kind = 'phone' and not is_former
     order by contact_id, id desc`.execute(db);
  const known = new Map(rows.map((row) => [row.contactId, maskPhone(row.value)]));
  return new Map(contactIds.map((id) => [id, known.get(id) ?? noNumber]));
};

/** How to address a contact through a channel: the number as received, or else the business-scoped id that its numbers see. */
export const findAddress = async (
  db: Db | Tx,
  workspaceId: string,
  contactId: string,
  channelId: string,
): Promise<{ phone?: string; bsuid?: string }> => {
  const { rows } = await sql<{ kind: string; value: string }>`
    select distinct on (i.kind) i.kind, i.value from contact_identity i
      left join channel ch on ch.workspace_id = i.workspace_id and ch.id = ${channelId}
     where i.workspace_id = ${workspaceId} and i.contact_id = ${contactId} and not i.is_former
       and i.kind in ('phone', 'bsuid')
     order by i.kind, i.portfolio_id is not distinct from ch.portfolio_id desc,
              coalesce(i.portfolio_id = ch.portfolio_id, true) desc, i.id desc`.execute(db);
  const phone = rows.find((row) => row.kind === 'phone')?.value;
  const bsuid = rows.find((row) => row.kind === 'bsuid')?.value;
  return { ...(phone === undefined ? {} : { phone }), ...(bsuid === undefined ? {} : { bsuid }) };
};
