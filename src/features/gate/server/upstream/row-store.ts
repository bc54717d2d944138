import { type RawBuilder, sql } from 'kysely';
import { blockIsActive } from '#features/contacts/server/index.ts';
import type { Tx } from '#platform/server/deps.ts';
import type { ListPlace } from './job-names.ts';

const isWantedAs = (row: RawBuilder<unknown>) => sql<boolean>`(ch.upstream_blocks and exists (
  select 1 from block b where b.workspace_id = ${row}.workspace_id and b.contact_id = ${row}.contact_id
     and b.upstream and ${blockIsActive}))`;

/** Whether the contact of the row `u` is to be on the list of the channel `ch`, now. */
export const isWanted = isWantedAs(sql`u`);

/** Whether somebody else who is to be there is there by the same name: one of the two has, or had, what the other left behind. */
export const isSomebodysToo = sql<boolean>`exists (
  select 1 from contact_identity i
    join upstream_block o on o.workspace_id = i.workspace_id and o.channel_id = ch.id
     and o.contact_id = i.contact_id and o.match_key = i.match_key and o.is_listed
   where i.workspace_id = u.workspace_id and i.match_key = u.match_key and i.contact_id <> u.contact_id
     and ${isWantedAs(sql`o`)})`;

/** Of an id: whether the numbers of the portfolio of `ch` see it. Of anything else, and where one of the two is not known: yes. */
export const isSeenBy = (identity: RawBuilder<unknown>) =>
  sql`coalesce(${identity}.portfolio_id = ch.portfolio_id, true)`;

/**
 * By what the contact of `i` is named on the channel `ch`: its numbers, and the business-scoped id where no number is known. An id is
 * of one portfolio, whose channels alone take it, and a number of nobody's: numbers first. Never a parent id, never what the
 * person left behind.
 */
export const isAddress = sql<boolean>`not i.is_former and (i.kind = 'phone' or (i.kind = 'bsuid'
  and ${isSeenBy(sql`i`)} and not exists (
  select 1 from contact_identity p where p.workspace_id = i.workspace_id and p.contact_id = i.contact_id
     and p.kind = 'phone' and not p.is_former)))`;

/** A row for each address of whoever `who` selects (contacts as `c`, channels as `ch`) that has none yet, due. */
const insertMissing = async (tx: Tx, who: RawBuilder<unknown>): Promise<void> => {
  await sql`
    insert into upstream_block (workspace_id, channel_id, contact_id, match_key, kind, value)
    select ch.workspace_id, ch.id, i.contact_id, i.match_key, i.kind, i.value
      from channel ch
      join contact c on c.workspace_id = ch.workspace_id and c.merged_into is null
      join contact_identity i on i.workspace_id = c.workspace_id and i.contact_id = c.id
     where ch.disconnected_at is null and ch.upstream_blocks and ${isAddress} and ${who}
     order by ch.id, i.contact_id, i.match_key
    on conflict do nothing`.execute(tx);
};

/**
 * Whether the contact `c` speaks through the channel `ch`: there is a conversation, or they wrote here within a day and were
 * dropped, so that WhatsApp would take their block.
 */
export const speaksHere = sql<boolean>`(exists (select 1 from conversation v where v.workspace_id = ch.workspace_id
    and v.channel_id = ch.id and v.contact_id = c.id)
  or exists (select 1 from upstream_heal h where h.workspace_id = ch.workspace_id
    and h.channel_id = ch.id and h.contact_id = c.id))`;

const hasRow = (more: RawBuilder<unknown> = sql``) => sql`exists (select 1 from upstream_block u
  where u.workspace_id = ch.workspace_id and u.channel_id = ch.id and u.contact_id = c.id ${more})`;

const isBlockedUpstream = sql`exists (select 1 from block b where b.workspace_id = c.workspace_id
  and b.contact_id = c.id and b.upstream and ${blockIsActive})`;

/** Contacts in the order of their ids, some at a time. */
export interface Piece {
  readonly after: string;
  readonly limit: number;
}

/**
 * Who is blocked, speaks through this number and has an address without a row: blocked before it had the layer, or known
 * under another name since.
 */
export const findMissing = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  { after, limit }: Piece,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select distinct c.id from channel ch
      join contact c on c.workspace_id = ch.workspace_id and c.merged_into is null
      join contact_identity i on i.workspace_id = c.workspace_id and i.contact_id = c.id
     where ch.workspace_id = ${workspaceId} and ch.id = ${channelId} and ${isBlockedUpstream} and ${isAddress}
       and (${speaksHere} or ${hasRow()})
       and not ${hasRow(sql`and u.match_key = i.match_key`)}
       and c.id > ${after} order by c.id limit ${limit}`.execute(tx);
  return rows.map((row) => row.id);
};

/** For those of these contacts who are blocked by now; they are locked. */
export const insertMissingOf = (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  contactIds: readonly string[],
): Promise<void> =>
  insertMissing(
    tx,
    sql`ch.workspace_id = ${workspaceId} and ch.id = ${channelId}
      and c.id = any(${[...contactIds]}::uuid[]) and ${isBlockedUpstream}`,
  );

/** Of the row `u`: its person has that name now. */
export const isCurrent = sql`exists (select 1 from contact_identity i where i.workspace_id = u.workspace_id
  and i.contact_id = u.contact_id and i.match_key = u.match_key and not i.is_former)`;

/**
 * Whoever of these wrote since WhatsApp was last asked is not shut out there, whatever it said: nothing is known until it
 * is asked again, which is about to happen.
 * @returns of whom that is news
 */
export const doubtApplied = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  contactIds: readonly string[],
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    with doubted as (
      update upstream_block u set state = 'pending', code = null
        from upstream_heal h
       where u.workspace_id = ${workspaceId} and u.channel_id = ${channelId}
         and u.contact_id = any(${[...contactIds]}::uuid[]) and u.state = 'applied' and ${isCurrent}
         and h.workspace_id = u.workspace_id and h.channel_id = u.channel_id and h.contact_id = u.contact_id
         and h.asked_at > coalesce(u.tried_at, '-infinity')
      returning u.contact_id)
    select distinct contact_id as id from doubted order by 1`.execute(tx);
  return rows.map(({ id }) => id);
};

export interface DueTry {
  readonly channelId: string;
  readonly contactId: string;
}

/**
 * Makes every row of these contacts due, and adds those that are missing where they are to be listed.
 * @param onlyOn one channel, whether or not they speak through it; null: all through which they do
 * @returns on which channels a try is due for whom, each once and in order
 */
export const makeDue = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
  { isBlocking, onlyOn }: { readonly isBlocking: boolean; readonly onlyOn: string | null },
): Promise<DueTry[]> => {
  const ids = [...contactIds];
  if (isBlocking) {
    const place = onlyOn === null ? speaksHere : sql`ch.id = ${onlyOn}::uuid`;
    await insertMissing(
      tx,
      sql`ch.workspace_id = ${workspaceId} and c.id = any(${ids}::uuid[]) and ${place}`,
    );
  }
  const { rows } = await sql<DueTry>`
    with due as (
      update upstream_block set is_due = true, version = version + 1, tries = 0
       where workspace_id = ${workspaceId} and contact_id = any(${ids}::uuid[])
         and (${onlyOn}::uuid is null or channel_id = ${onlyOn})
      returning channel_id, contact_id)
    select distinct channel_id as "channelId", contact_id as "contactId" from due order by 1, 2`.execute(
    tx,
  );
  return rows;
};

/** Of two contacts that became one: what both have is kept once, and what either may have put on the list goes on so. */
export const moveUpstreamRows = async (
  tx: Tx,
  workspaceId: string,
  from: string,
  to: string,
): Promise<void> => {
  await sql`update upstream_block t set is_listed = true, value = f.value
      from upstream_block f
     where f.workspace_id = ${workspaceId} and f.contact_id = ${from} and f.is_listed
       and t.workspace_id = f.workspace_id and t.channel_id = f.channel_id and t.contact_id = ${to}
       and t.match_key = f.match_key and not t.is_listed`.execute(tx);
  await sql`delete from upstream_block f
     where f.workspace_id = ${workspaceId} and f.contact_id = ${from}
       and exists (select 1 from upstream_block t where t.workspace_id = f.workspace_id
                      and t.channel_id = f.channel_id and t.contact_id = ${to} and t.match_key = f.match_key)`.execute(
    tx,
  );
  await sql`update upstream_block set contact_id = ${to}, is_due = true, version = version + 1
     where workspace_id = ${workspaceId} and contact_id = ${from}`.execute(tx);
  await sql`update upstream_stranger set contact_id = ${to}
     where workspace_id = ${workspaceId} and contact_id = ${from}`.execute(tx);
};

export type StoredState =
  | 'pending'
  | 'applied'
  | 'waiting-for-message'
  | 'failed'
  | 'list-full'
  | 'not-supported';

export interface DueRow {
  readonly contactId: string;
  readonly matchKey: string;
  readonly kind: 'phone' | 'bsuid';
  readonly value: string;
  readonly version: number;
  readonly tries: number;
  readonly state: StoredState;
  readonly code: string | null;
  readonly isListed: boolean;
}

const dueColumns = sql`u.contact_id as "contactId", u.match_key as "matchKey", u.kind, u.version, u.tries, u.state,
  u.code, u.is_listed as "isListed"`;

/**
 * On the list because of us and no longer to be, as they were named when they were put there; not by a name that keeps somebody
 * else there. On a number that has no layer any more that is everybody.
 */
export const findRemovals = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  limit: number,
): Promise<DueRow[]> => {
  const { rows } = await sql<DueRow>`
    select ${dueColumns}, u.value
      from upstream_block u
      join channel ch on ch.workspace_id = u.workspace_id and ch.id = u.channel_id
     where u.workspace_id = ${workspaceId} and u.channel_id = ${channelId} and u.is_listed
       and (u.is_due or not ch.upstream_blocks) and not ${isWanted} and not ${isSomebodysToo}
     order by u.contact_id, u.match_key limit ${limit}`.execute(tx);
  return rows;
};

/** To be on the list, with their addresses as they are known by now. */
export const findAdditions = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  limit: number,
): Promise<DueRow[]> => {
  const { rows } = await sql<DueRow>`
    select ${dueColumns}, i.value
      from upstream_block u
      join channel ch on ch.workspace_id = u.workspace_id and ch.id = u.channel_id
      join contact_identity i on i.workspace_id = u.workspace_id and i.contact_id = u.contact_id
       and i.match_key = u.match_key and not i.is_former and ${isSeenBy(sql`i`)}
     where u.workspace_id = ${workspaceId} and u.channel_id = ${channelId} and u.is_due and ${isWanted}
     order by u.contact_id, u.match_key limit ${limit}`.execute(tx);
  return rows;
};

/**
 * From here on they may be on the list: whoever unblocks or merges them while the request is under way, or after the process
 * that makes it has died, knows by this that there is something to take away. Their contacts are locked.
 * @returns those that are still there, as they were before
 */
export const markTried = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  rows: readonly DueRow[],
): Promise<DueRow[]> => {
  if (rows.length === 0) {
    return [];
  }
  const { rows: there } = await sql<{ at: number }>`
    update upstream_block u set is_listed = true, value = o.value
      from unnest(${rows.map((r) => r.contactId)}::uuid[], ${rows.map((r) => r.matchKey)}::text[],
                  ${rows.map((r) => r.version)}::int[], ${rows.map((r) => r.value)}::text[])
           with ordinality as o (contact_id, match_key, version, value, at)
     where u.workspace_id = ${workspaceId} and u.channel_id = ${channelId}
       and u.contact_id = o.contact_id and u.match_key = o.match_key and u.version = o.version
    returning (o.at - 1)::int as at`.execute(tx);
  const places = new Set(there.map(({ at }) => at));
  return rows.filter((_, at) => places.has(at));
};
