import { sql } from 'kysely';
import { blockIsActive } from '#features/contacts/server/index.ts';
import type { Tx } from '#platform/server/deps.ts';
import type { ListPlace } from './job-names.ts';
import { isWanted, type Piece } from './row-store.ts';

/** Every name that the reading found, one a row, as `s`. */
const names = (workspaceId: string, readId: string) => sql`(
  select l.phone, l.phone_key, l.bsuid, l.phone_key is null as is_hidden, v.key
    from upstream_listed l cross join lateral (values (l.phone_key), (l.bsuid_key)) as v (key)
   where l.workspace_id = ${workspaceId} and l.read_id = ${readId} and v.key is not null)`;

/** Whether the row `u` was found: under its own name, or, where the number is hidden, under another of its contact's. */
const isFound = (workspaceId: string, readId: string) => sql`(
  u.match_key in (select s.key from ${names(workspaceId, readId)} s)
  or u.contact_id in (select i.contact_id from ${names(workspaceId, readId)} s
    join contact_identity i on i.workspace_id = ${workspaceId} and i.match_key = s.key where s.is_hidden))`;

interface Judged {
  readonly readId: string;
  /** A row tried since the reading began is left alone. */
  readonly from: Date;
}

const judgedRows = ({ workspaceId, channelId }: ListPlace, from: Date) => sql`
  u.workspace_id = ${workspaceId} and u.channel_id = ${channelId}
    and ch.workspace_id = u.workspace_id and ch.id = u.channel_id
    and (u.tried_at is null or u.tried_at < ${from})`;

const isNewsThere = sql`(not u.is_listed or u.state <> 'applied' or not ${isWanted})`;
const isNewsMissing = sql`(u.is_listed or u.state in ('applied', 'failed', 'list-full'))`;

/** Whose rows the reading changes. */
export const findUnsettled = async (
  tx: Tx,
  place: ListPlace,
  { readId, from }: Judged,
  { after, limit }: Piece,
): Promise<string[]> => {
  const { rows } = await sql<{ contactId: string }>`
    select distinct u.contact_id as "contactId" from upstream_block u, channel ch
     where ${judgedRows(place, from)}
       and case when ${isFound(place.workspaceId, readId)} then ${isNewsThere} else ${isNewsMissing} end
       and u.contact_id > ${after} order by 1 limit ${limit}`.execute(tx);
  return rows.map((row) => row.contactId);
};

/** What we hold to be on the list, or not, becomes what was read; for these contacts, which are locked. */
export const settleRows = async (
  tx: Tx,
  place: ListPlace,
  { readId, from }: Judged,
  contactIds: readonly string[],
): Promise<void> => {
  const { workspaceId } = place;
  const ours = sql`${judgedRows(place, from)} and u.contact_id = any(${[...contactIds]}::uuid[])`;
  await sql`
    update upstream_block u
       set is_listed = true, version = u.version + 1, tries = 0,
           state = case when ${isWanted} then 'applied' else u.state end,
           code = case when ${isWanted} then null else u.code end,
           -- We put it there and it is not wanted any more: asked for again.
           is_due = not ${isWanted}
      from channel ch
     where ${ours} and ${isFound(workspaceId, readId)}
       and ${isNewsThere}`.execute(tx);
  await sql`
    update upstream_block u
       set is_listed = false, version = u.version + 1, tries = 0, is_due = true,
           state = case when u.state = 'applied' then 'pending' else u.state end
      from channel ch
     where ${ours} and not ${isFound(workspaceId, readId)}
       and ${isNewsMissing}`.execute(tx);
};

/** Every name that the reading found, each once. */
export const findListedKeys = async (
  tx: Tx,
  { workspaceId }: ListPlace,
  readId: string,
): Promise<string[]> => {
  const { rows } = await sql<{ key: string }>`
    select distinct s.key from ${names(workspaceId, readId)} s`.execute(tx);
  return rows.map(({ key }) => key);
};

/** Somebody by number and account. */
export interface ListedPair {
  readonly phone: string;
  readonly bsuid: string;
  /** Of the number whose list it is; absent: not known. */
  readonly portfolioId?: string;
}

/**
 * Listed by number and account, of whom one is a blocked contact's and the other not that contact's. Those that teach come first: what
 * is asked about once, another contact's or beside another account, comes again with every reading.
 */
export const findTelling = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  readId: string,
  limit: number,
): Promise<ListedPair[]> => {
  const { rows } = await sql<ListedPair & { portfolio: string | null }>`
    select l.phone, l.bsuid, ch.portfolio_id as portfolio from upstream_listed l
      join channel ch on ch.workspace_id = l.workspace_id and ch.id = ${channelId}
      left join contact_identity p on p.workspace_id = ${workspaceId} and p.match_key = l.phone_key and not p.is_former
      left join contact_identity a on a.workspace_id = ${workspaceId} and a.match_key = l.bsuid_key and not a.is_former
     where l.workspace_id = ${workspaceId} and l.read_id = ${readId}
       and l.phone_key is not null and l.bsuid_key is not null and p.contact_id is distinct from a.contact_id
       and exists (select 1 from block b where b.workspace_id = ${workspaceId}
                      and b.contact_id in (p.contact_id, a.contact_id) and ${blockIsActive})
     order by p.contact_id is not null and a.contact_id is not null, exists (
              select 1 from contact_identity o
               where o.workspace_id = ${workspaceId} and o.contact_id = coalesce(p.contact_id, a.contact_id)
                 and o.kind = 'bsuid' and not o.is_former and o.match_key <> l.bsuid_key
                 and coalesce(o.portfolio_id = ch.portfolio_id, true)), l.phone_key, l.bsuid_key limit ${limit}`.execute(
    tx,
  );
  return rows.map(({ phone, bsuid, portfolio }) => ({
    phone,
    bsuid,
    ...(portfolio !== null && { portfolioId: portfolio }),
  }));
};

/**
 * On the list, blocked here by nobody, and not ours to take off: what a person is to decide about.
 * @param passedOver names of people who were erased while blocked: they are to be there, and are not stored again
 */
export const settleStrangers = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  readId: string,
  passedOver: readonly string[],
): Promise<void> => {
  const who = sql`
    select s.phone, s.phone_key, s.bsuid, i.contact_id,
           exists (select 1 from block b where b.workspace_id = i.workspace_id and b.contact_id = i.contact_id
                      and ${blockIsActive}) as is_blocked,
           exists (select 1 from upstream_block u where u.workspace_id = i.workspace_id
                      and u.channel_id = ${channelId} and u.contact_id = i.contact_id)
             or s.key = any(${[...passedOver]}::text[]) as is_ours,
           coalesce(i.is_former, false) as is_former
      from ${names(workspaceId, readId)} s
      left join contact_identity i on i.workspace_id = ${workspaceId} and i.match_key = s.key`;
  const strangers = sql`
    select phone, max(phone_key) as phone_key, bsuid,
           (array_agg(contact_id order by is_former, contact_id) filter (where contact_id is not null))[1] as contact_id
      from (${who}) w group by phone, bsuid having not bool_or(is_blocked or is_ours)`;
  await sql`
    insert into upstream_stranger as x (workspace_id, channel_id, contact_id, phone, phone_key, bsuid, read_id)
    select ${workspaceId}::uuid, ${channelId}::uuid, n.contact_id, n.phone, n.phone_key, n.bsuid, ${readId}::uuid
      from (${strangers}) n
    on conflict (workspace_id, channel_id, coalesce(phone, ''), coalesce(bsuid, ''))
    do update set contact_id = excluded.contact_id, phone_key = excluded.phone_key, read_id = excluded.read_id`.execute(
    tx,
  );
  await sql`delete from upstream_stranger
    where workspace_id = ${workspaceId} and channel_id = ${channelId} and read_id is distinct from ${readId}::uuid`.execute(
    tx,
  );
};

/**
 * The person is on the list, says a refused message. Ours becomes due (and is removed, or stays); for anybody else a
 * difference is noted.
 * @returns whether that is ours to take off, or news of somebody for a person to decide about
 */
export const noteListedRows = async (
  tx: Tx,
  { workspaceId, channelId }: ListPlace,
  contactId: string,
): Promise<'ours' | 'news' | 'known'> => {
  const { numAffectedRows } = await sql`
    update upstream_block set state = 'applied', code = null, is_listed = true, is_due = true,
           version = version + 1, tries = 0
     where workspace_id = ${workspaceId} and channel_id = ${channelId} and contact_id = ${contactId}`.execute(
    tx,
  );
  if ((numAffectedRows ?? 0n) > 0n) {
    return 'ours';
  }
  const noted = await sql`
    insert into upstream_stranger (workspace_id, channel_id, contact_id, phone, phone_key, bsuid)
    select ${workspaceId}::uuid, ${channelId}::uuid, ${contactId}::uuid, p.phone, p.phone_key, p.bsuid
      from (select (array_agg(ltrim(i.value, '+') order by i.id) filter (where i.kind = 'phone'))[1] as phone,
                   (array_agg(i.match_key order by i.id) filter (where i.kind = 'phone'))[1] as phone_key,
                   (array_agg(i.value order by i.portfolio_id is not distinct from ch.portfolio_id desc,
                     coalesce(i.portfolio_id = ch.portfolio_id, true) desc, i.value desc) filter (where i.kind = 'bsuid'))[1] as bsuid
              from contact_identity i
              left join channel ch on ch.workspace_id = i.workspace_id and ch.id = ${channelId}
             where i.workspace_id = ${workspaceId} and i.contact_id = ${contactId} and not i.is_former) p
     where (p.phone is not null or p.bsuid is not null)
       and not exists (select 1 from upstream_stranger x where x.workspace_id = ${workspaceId}
                          and x.channel_id = ${channelId} and x.contact_id = ${contactId})
       and not exists (select 1 from block b where b.workspace_id = ${workspaceId} and b.contact_id = ${contactId}
                          and ${blockIsActive})
    on conflict do nothing`.execute(tx);
  return (noted.numAffectedRows ?? 0n) > 0n ? 'news' : 'known';
};
