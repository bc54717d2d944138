import { sql } from 'kysely';
import { blockIsActive } from '#features/contacts/server/index.ts';
import type { Tx } from '#platform/server/deps.ts';
import type { ListPlace } from './job-names.ts';
import type { DueRow } from './row-store.ts';

/** Has, or left behind, a name of the stranger `x`: the reading that found `x` knew only who was a contact then. */
const isNamed = sql`i.workspace_id = x.workspace_id and i.match_key in (x.phone_key, 'bsuid:' || x.bsuid)`;

/** Who the stranger `x` is here by now, where anybody is. */
export const contactOfStranger = sql<string | null>`coalesce(x.contact_id, (
  select i.contact_id from contact_identity i where ${isNamed} order by i.is_former, i.contact_id limit 1))`;

/** Not blocked here by now under any of its names: a block made since the reading leaves nothing to decide. */
export const isStillStranger = sql<boolean>`(not exists (
    select 1 from block b where b.workspace_id = x.workspace_id and b.contact_id = x.contact_id and ${blockIsActive})
  and not exists (
    select 1 from contact_identity i
      join block b on b.workspace_id = i.workspace_id and b.contact_id = i.contact_id and ${blockIsActive}
     where ${isNamed}))`;

/** On WhatsApp's list, not blocked here, and its removal was asked for. */
export interface DueStranger {
  readonly id: string;
  readonly phone: string | null;
  readonly bsuid: string | null;
  readonly tries: number;
}

export const findDueStrangers = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  limit: number,
): Promise<DueStranger[]> => {
  if (limit <= 0) {
    return [];
  }
  const { rows } = await sql<DueStranger>`
    select x.id, x.phone, x.bsuid, x.tries from upstream_stranger x
     where x.workspace_id = ${workspaceId} and x.channel_id = ${channelId} and x.is_due and ${isStillStranger}
     order by x.id limit ${limit}`.execute(tx);
  return rows;
};

/** Blocked here since their removal was asked for: they stay on the list. */
export const keepBlockedStrangers = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
): Promise<void> => {
  await sql`update upstream_stranger x set is_due = false, is_removing = false
     where x.workspace_id = ${workspaceId} and x.channel_id = ${channelId} and x.is_due
       and not ${isStillStranger}`.execute(tx);
};

export interface StrangerEnd {
  readonly id: string;
  /** Null: it is off the list. */
  readonly code: string | null;
  readonly isDue: boolean;
}

/** @returns the names of those that are off the list */
export const recordStrangers = async (
  tx: Tx,
  workspaceId: string,
  ends: readonly StrangerEnd[],
): Promise<string[]> => {
  const gone = ends.filter((end) => end.code === null);
  const { rows } = await sql<{ names: string[] }>`delete from upstream_stranger
    where workspace_id = ${workspaceId} and id = any(${gone.map((end) => end.id)}::uuid[])
    returning array_remove(array[phone_key, 'bsuid:' || bsuid], null) as names`.execute(tx);
  const kept = ends.filter((end) => end.code !== null);
  await sql`update upstream_stranger s
       set code = o.code, is_due = o.is_due, is_removing = o.is_due, tried_at = clock_timestamp(),
           tries = case when o.is_due then s.tries + 1 else 0 end
      from unnest(${kept.map((end) => end.id)}::uuid[], ${kept.map((end) => end.code)}::text[],
                  ${kept.map((end) => end.isDue)}::bool[]) as o (id, code, is_due)
     where s.workspace_id = ${workspaceId} and s.id = o.id`.execute(tx);
  return rows.flatMap(({ names }) => names);
};

/** Our own entries that WhatsApp did not let go of: a person decides what is done about them. */
export const leaveToPeople = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  rows: readonly (DueRow & { readonly code: string | null })[],
): Promise<void> => {
  const byKind = (kind: DueRow['kind']) =>
    rows.map((row) => (row.kind === kind ? row.value : null));
  await sql`
    insert into upstream_stranger (workspace_id, channel_id, contact_id, phone, phone_key, bsuid, code, tried_at)
    select ${workspaceId}::uuid, ${channelId}::uuid, o.contact_id, ltrim(o.phone, '+'),
           case when o.phone is not null then o.key end, o.bsuid, o.code, clock_timestamp()
      from unnest(${rows.map((row) => row.contactId)}::uuid[], ${byKind('phone')}::text[],
                  ${rows.map((row) => row.matchKey)}::text[], ${byKind('bsuid')}::text[],
                  ${rows.map((row) => row.code)}::text[]) as o (contact_id, phone, key, bsuid, code)
    on conflict do nothing`.execute(tx);
};

/** Off the list under these names, as our own entries: whoever was listed as a stranger under one is there no more. */
export const forgetStrangersNamed = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  matchKeys: readonly string[],
): Promise<void> => {
  const keys = [...matchKeys];
  await sql`delete from upstream_stranger x
     where x.workspace_id = ${workspaceId} and x.channel_id = ${channelId}
       and (x.phone_key = any(${keys}::text[]) or 'bsuid:' || x.bsuid = any(${keys}::text[]))`.execute(
    tx,
  );
};

export interface Stranger {
  readonly id: string;
  readonly channelId: string;
  readonly contactId: string | null;
  readonly phone: string | null;
  readonly bsuid: string | null;
  /** Of the number whose list it is on; null: not known. */
  readonly portfolioId: string | null;
  /** Nobody has blocked it here meanwhile. */
  readonly isOpen: boolean;
}

const strangerColumns = sql`x.id, x.channel_id as "channelId", ${contactOfStranger} as "contactId", x.phone, x.bsuid,
  (select ch.portfolio_id from channel ch where ch.workspace_id = x.workspace_id and ch.id = x.channel_id) as "portfolioId",
  ${isStillStranger} as "isOpen"`;

/** Locked: of two people who decide about it one finds it gone. */
export const lockStranger = async (
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<Stranger | undefined> => {
  const { rows } = await sql<Stranger>`select ${strangerColumns} from upstream_stranger x
     where x.workspace_id = ${workspaceId} and x.id = ${id} for update of x`.execute(tx);
  return rows[0];
};

/** Without a lock: contacts are locked before anything else. */
export const findStranger = async (
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<Stranger | undefined> => {
  const { rows } = await sql<Stranger>`select ${strangerColumns} from upstream_stranger x
     where x.workspace_id = ${workspaceId} and x.id = ${id}`.execute(tx);
  return rows[0];
};

export const deleteStranger = async (tx: Tx, workspaceId: string, id: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`delete from upstream_stranger
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
};

export const askRemoval = async (tx: Tx, workspaceId: string, id: string): Promise<void> => {
  await sql`update upstream_stranger set is_removing = true, is_due = true, code = null, tries = 0
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
};

/** What was taken over is on the list already, whether or not there is a conversation. */
export const markListed = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  contactIds: readonly string[],
): Promise<void> => {
  await sql`update upstream_block set state = 'applied', code = null, is_listed = true, tried_at = clock_timestamp()
    where workspace_id = ${workspaceId} and channel_id = ${channelId}
      and contact_id = any(${[...contactIds]}::uuid[])`.execute(tx);
};
