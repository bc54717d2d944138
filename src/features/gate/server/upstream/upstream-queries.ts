import { sql } from 'kysely';
import { displayName, type NameRow, nameColumns } from '#features/contacts/server/index.ts';
import { decodeCursor, type Page, rowsToRead, toPage } from '#platform/server/cursor.ts';
import type { Db } from '#platform/server/deps.ts';
import type { BlockDifference, BlockList, UpstreamState } from '../../contract.ts';
import type { ListPlace } from './job-names.ts';
import { isWanted } from './row-store.ts';
import { contactOfStranger, isStillStranger } from './stranger-store.ts';

interface ListRow extends Omit<BlockList, 'checkedAt' | 'failedAt'> {
  readonly checkedAt: Date | null;
  readonly failedAt: Date | null;
}

/** Undefined for a number that is not this workspace's. */
export const findBlockList = async (
  db: Db,
  { workspaceId, channelId }: ListPlace,
): Promise<BlockList | undefined> => {
  const { rows } = await sql<ListRow>`
    select ch.upstream_blocks as "isOn", ch.disconnected_at is null as "isConnected",
           l.read_id is not null as "isChecking", l.checked_at as "checkedAt", l.listed,
           l.failed_at as "failedAt", l.failure,
           (select count(distinct u.contact_id)::int from upstream_block u where u.workspace_id = ch.workspace_id
               and u.channel_id = ch.id and u.state = 'applied' and ${isWanted}) as applied,
           (select count(distinct u.contact_id)::int from upstream_block u where u.workspace_id = ch.workspace_id
               and u.channel_id = ch.id and u.state <> 'applied' and ${isWanted}) as "onlyHere",
           (select count(*)::int from upstream_stranger x where x.workspace_id = ch.workspace_id
               and x.channel_id = ch.id and ${isStillStranger}) as "onlyThere",
           (select count(*)::int from upstream_stranger x where x.workspace_id = ch.workspace_id
               and x.channel_id = ch.id and x.is_removing and ${isStillStranger}) as removing
      from channel ch
      left join upstream_list l on l.workspace_id = ch.workspace_id and l.channel_id = ch.id
     where ch.workspace_id = ${workspaceId} and ch.id = ${channelId}`.execute(db);
  const [row] = rows;
  return (
    row && {
      ...row,
      checkedAt: row.checkedAt?.toISOString() ?? null,
      failedAt: row.failedAt?.toISOString() ?? null,
    }
  );
};

interface DifferenceRow extends NameRow {
  readonly id: string;
  readonly contactId: string | null;
  readonly userId: string | null;
  readonly state: UpstreamState | null;
  readonly isRemoving: boolean;
  readonly code: string | null;
  readonly triedAt: Date | null;
  readonly foundAt: Date;
}

export interface DifferenceQuery extends ListPlace {
  readonly side: 'here' | 'there';
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const onlyHere = ({ workspaceId, channelId, cursor, limit }: DifferenceQuery) => {
  const from = cursor === undefined ? null : decodeCursor(cursor);
  return sql<DifferenceRow>`
    select u.id, u.contact_id as "contactId", ${nameColumns},
           case when u.kind = 'phone' then ltrim(u.value, '+') end as phone,
           case when u.kind = 'bsuid' then u.value end as "userId", u.state, false as "isRemoving", u.code,
           u.tried_at as "triedAt", u.added_at as "foundAt"
      from upstream_block u
      join channel ch on ch.workspace_id = u.workspace_id and ch.id = u.channel_id
      join contact c on c.workspace_id = u.workspace_id and c.id = u.contact_id
     where u.workspace_id = ${workspaceId} and u.channel_id = ${channelId} and u.state <> 'applied' and ${isWanted}
       and (${from?.at ?? null}::timestamptz is null
            or (u.added_at, u.id) < (${from?.at ?? null}::timestamptz, ${from?.id ?? null}::uuid))
     order by u.added_at desc, u.id desc limit ${rowsToRead(limit)}`;
};

const onlyThere = ({ workspaceId, channelId, cursor, limit }: DifferenceQuery) => {
  const from = cursor === undefined ? null : decodeCursor(cursor);
  return sql<DifferenceRow>`
    select x.id, c.id as "contactId", ${nameColumns}, x.phone, x.bsuid as "userId", null as state,
           x.is_removing as "isRemoving", x.code, x.tried_at as "triedAt", x.found_at as "foundAt"
      from upstream_stranger x
      left join contact c on c.workspace_id = x.workspace_id and c.id = ${contactOfStranger}
     where x.workspace_id = ${workspaceId} and x.channel_id = ${channelId} and ${isStillStranger}
       and (${from?.at ?? null}::timestamptz is null
            or (x.found_at, x.id) < (${from?.at ?? null}::timestamptz, ${from?.id ?? null}::uuid))
     order by x.found_at desc, x.id desc limit ${rowsToRead(limit)}`;
};

/** Newest first. */
export const listDifferences = async (
  db: Db,
  query: DifferenceQuery,
): Promise<Page<BlockDifference>> => {
  const { side, limit } = query;
  const { rows } = await (side === 'here' ? onlyHere(query) : onlyThere(query)).execute(db);
  return toPage(
    rows,
    limit,
    ({ foundAt, id }) => ({ at: foundAt, id }),
    (row): BlockDifference => ({
      id: row.id,
      side,
      contactId: row.contactId,
      contactName: row.contactId === null ? null : displayName(row),
      phone: row.phone === null ? null : `+${row.phone}`,
      userId: row.userId,
      state: row.state,
      isRemoving: row.isRemoving,
      code: row.code,
      triedAt: row.triedAt?.toISOString() ?? null,
      foundAt: row.foundAt.toISOString(),
    }),
  );
};
