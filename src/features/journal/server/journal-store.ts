import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';
import type { JournalHead } from '#platform/server/journal/index.ts';
import type { NameRemovedBy } from './journal-body.ts';

/** The last line that the database knows of. */
export const findState = async (db: Db | Tx): Promise<JournalHead | undefined> => {
  const { rows } = await sql<JournalHead>`select seq, mac from journal_state`.execute(db);
  return rows[0];
};

export const writeState = async (tx: Tx, { seq, mac }: JournalHead): Promise<void> => {
  await sql`insert into journal_state (seq, mac) values (${seq}, ${mac})
    on conflict (is_one) do update set seq = excluded.seq, mac = excluded.mac, at = clock_timestamp()`.execute(
    tx,
  );
};

export const forgetState = async (tx: Tx): Promise<void> => {
  await sql`delete from journal_state`.execute(tx);
};

export interface RemovalRow {
  readonly workspaceId: string;
  readonly messageId: string;
  readonly hash: Buffer | null;
  readonly requestId: string;
  readonly number: number;
  readonly reason: string | null;
  readonly removedAt: Date;
}

/** The request that something was removed by; why, as a code. */
export interface RemovedBy {
  readonly requestId: string;
  readonly number: number;
  readonly reason?: string | undefined;
}

/** Remembers what is removed in this transaction until it is in the journal, and for a new one after that. */
export const insertRemovals = async (
  tx: Tx,
  workspaceId: string,
  { requestId, number, reason }: RemovedBy,
  messages: readonly { readonly id: string; readonly hash: Buffer | null }[],
  isWritten = false,
): Promise<void> => {
  await sql`
    insert into journal_removal as j (workspace_id, message_id, item_hash, request_id, number, reason, written_at)
    select ${workspaceId}::uuid, u.id, u.hash, ${requestId}::uuid, ${number}::int, ${reason ?? null}::text,
           case when ${isWritten} then clock_timestamp() end
      from unnest(${messages.map(({ id }) => id)}::uuid[], ${messages.map(({ hash }) => hash)}::bytea[]) as u (id, hash)
     order by u.id
    on conflict (workspace_id, message_id) do update
       set item_hash = coalesce(j.item_hash, excluded.item_hash), reason = coalesce(j.reason, excluded.reason),
           written_at = coalesce(j.written_at, excluded.written_at)`.execute(tx);
};

/** By which request these have no name; of one who loses another one later, the last. */
export const insertNameRemovals = async (
  tx: Tx,
  workspaceId: string,
  { requestId, number, reason }: NameRemovedBy,
  contactIds: readonly string[],
): Promise<void> => {
  await sql`insert into journal_name (workspace_id, contact_id, request_id, number, reason)
    select ${workspaceId}::uuid, id, ${requestId}::uuid, ${number}::int, ${reason}::text
      from unnest(${[...contactIds]}::uuid[]) as id order by id
    on conflict (workspace_id, contact_id) do update
       set request_id = excluded.request_id, number = excluded.number, reason = excluded.reason`.execute(
    tx,
  );
};

/** How these stand is to be written. Blocks and names of blocked contacts note themselves (the triggers of migration 0031). */
export const insertContactsDue = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<void> => {
  await sql`insert into journal_contact_due (workspace_id, contact_id)
    select ${workspaceId}::uuid, unnest(${[...contactIds]}::uuid[])`.execute(tx);
};

export interface Due {
  readonly removals: readonly RemovalRow[];
  readonly contacts: readonly {
    readonly id: string;
    readonly workspaceId: string;
    readonly contactId: string;
  }[];
}

/** What is not in the journal yet, the oldest first. */
export const findDue = async (db: Db, limit: number): Promise<Due> => {
  const removals = await sql<RemovalRow>`
    select workspace_id as "workspaceId", message_id as "messageId", item_hash as hash, request_id as "requestId",
           number, reason, removed_at as "removedAt"
      from journal_removal where written_at is null order by removed_at, message_id limit ${limit}`.execute(
    db,
  );
  const contacts = await sql<Due['contacts'][number]>`
    select id, workspace_id as "workspaceId", contact_id as "contactId" from journal_contact_due
     order by noted_at limit ${limit}`.execute(db);
  return { removals: removals.rows, contacts: contacts.rows };
};

/** These are in the journal for good. */
export const finishDue = async (tx: Tx, { removals, contacts }: Due): Promise<void> => {
  await sql`update journal_removal j set written_at = clock_timestamp()
      from unnest(${removals.map((row) => row.workspaceId)}::uuid[], ${removals.map((row) => row.messageId)}::uuid[]) as u (w, id)
     where j.workspace_id = u.w and j.message_id = u.id`.execute(tx);
  await sql`delete from journal_contact_due d
     using unnest(${contacts.map((row) => row.workspaceId)}::uuid[], ${contacts.map((row) => row.id)}::uuid[]) as u (w, id)
     where d.workspace_id = u.w and d.id = u.id`.execute(tx);
};

/** Of these changes those that wait to be written: they are younger than what was written of their contact. */
export const findWaiting = async (db: Db, ids: readonly string[]): Promise<Set<string>> => {
  const { rows } = await sql<{ id: string }>`
    select id from journal_contact_due where id = any(${[...ids]}::uuid[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
};

/** Of these messages those whose removal is not noted as written. */
export const findUnwritten = async (
  db: Db,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<Set<string>> => {
  const { rows } = await sql<{ id: string }>`
    select message_id as id from journal_removal
     where workspace_id = ${workspaceId} and message_id = any(${[...messageIds]}::uuid[]) and written_at is null`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
};

/** What of a request is not in the journal yet: its messages, and of these contacts how they stand. */
export const countUnwritten = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  contactIds: readonly string[],
): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select ((select count(*) from journal_removal
              where workspace_id = ${workspaceId} and request_id = ${requestId} and written_at is null)
          + (select count(*) from journal_contact_due
              where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])))::int as n`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
};

/** Everything is to be written again, into a new journal. */
export const makeAllDue = async (tx: Tx): Promise<void> => {
  await sql`update journal_removal set written_at = null where written_at is not null`.execute(tx);
  await sql`insert into journal_contact_due (workspace_id, contact_id)
    select workspace_id, contact_id from block
    union select workspace_id, id from contact where erased_at is not null or name_removed_at is not null`.execute(
    tx,
  );
};
