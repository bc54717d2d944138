import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { type FoundPeople, findPeople } from '#features/contacts/server/index.ts';
import { type Page, rowsToRead } from '#platform/server/cursor.ts';
import type { Db } from '#platform/server/deps.ts';
import type { Block } from '../../contract.ts';
import type { BlockState, blockQuerySchema } from '../../list/contract.ts';
import { type BlockRow, blockColumns, blockJoins, toBlock } from '../queries.ts';
import { type BlockPosition, decodePosition, encodePosition } from './block-cursor.ts';
import { type Branch, branchesOf, type Order, orderOf } from './order-queries.ts';
import { findReviewDays, isToReview } from './review-queries.ts';
import { upstreamFilter } from './upstream-filter-queries.ts';

type WholeQuery = z.output<typeof blockQuerySchema>;
/** What is left out is the default of the API. */
export type BlockListQuery = Partial<WholeQuery> & { readonly limit: number };

/**
 * Of blocks that nobody has lifted: by the moment at which the statement began, so that an index can be asked for it.
 * Nothing is decided by a list.
 */
const endOrForever = sql`coalesce(b.expires_at, 'infinity')`;
/** Says the same as `is_open`, for the indexes that are of open blocks alone. */
const notLifted = sql`b.lifted_at is null`;
const parts = {
  active: { isOpen: true, where: [notLifted, sql`${endOrForever} > now()`] },
  lapsed: { isOpen: true, where: [notLifted, sql`${endOrForever} <= now()`] },
  open: { isOpen: true, where: [notLifted] },
  lifted: { isOpen: false, where: [] },
} as const;
const partsOf = {
  active: [parts.active],
  ended: [parts.lifted, parts.lapsed],
  all: [parts.open, parts.lifted],
} as const;

const hasAttempts = sql`exists (select 1 from block_attempt_total n
  where n.workspace_id = b.workspace_id and n.block_id = b.id)`;

const filtersOf = (query: BlockListQuery): RawBuilder<unknown>[] => {
  const { contactId, reason, startedBy, end, endsWithinDays, attempts } = query;
  const filters: (RawBuilder<unknown> | false)[] = [
    contactId !== undefined && sql`b.contact_id = ${contactId}`,
    reason !== undefined && sql`b.reason = ${reason}`,
    startedBy !== undefined &&
      (startedBy === 'system' ? sql`b.started_by is null` : sql`b.started_by = ${startedBy}`),
    end === 'none' && sql`b.expires_at is null`,
    end === 'some' && sql`${endOrForever} < 'infinity'`,
    endsWithinDays !== undefined &&
      sql`${endOrForever} <= now() + make_interval(days => ${endsWithinDays}::int)`,
    attempts === 'some' && hasAttempts,
    attempts === 'none' && sql`not ${hasAttempts}`,
  ];
  return filters.filter((filter) => filter !== false);
};

const isUuid = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);

/** Of a list: what every block in it must be, and whom it is searched for by looking at its first blocks, where so many match. */
interface Search {
  readonly filters: readonly RawBuilder<unknown>[];
  readonly first?: RawBuilder<unknown>;
}

/** Above this, one is met soon from the top of the list: looking them all up costs more. */
const mostLookedUp = 1_000;
/** How far to look, before they are looked up all the same: the matching ones may all be old. */
const mostLookedAt = 6_000;

const searchFor = (found: FoundPeople): Search => {
  if (found.kind === 'many') {
    return { filters: [found.isOne(sql`b.workspace_id`, sql`b.contact_id`)] };
  }
  const { count, ids } = found;
  return {
    filters: [sql`b.contact_id = any(array(${ids}))`],
    ...(count > mostLookedUp && { first: ids }),
  };
};

const searchOf = async (
  db: Db,
  workspaceId: string,
  search: string | undefined,
): Promise<Search> => {
  if (search === undefined || search === '') {
    return { filters: [] };
  }
  return isUuid(search)
    ? { filters: [sql`(b.contact_id = ${search}::uuid or b.id = ${search}::uuid)`] }
    : searchFor(await findPeople(db, workspaceId, search));
};

const selectBranch = (
  { from, where, key, id }: Branch,
  conditions: readonly RawBuilder<unknown>[],
  order: Order,
  limit: number,
): RawBuilder<unknown> => {
  const direction = sql.raw(order.isDescending ? 'desc' : 'asc');
  return sql`(select b.id, b.contact_id, ${key} as key from ${from}
    where ${sql.join([...conditions, ...where], sql` and `)}
    order by ${key} ${direction}, ${id} ${direction} limit ${sql.lit(limit)})`;
};

/** The rest of a list by attempts has one key for all: it is walked by the id alone. */
const isConstant = (branch: Branch, order: Order): boolean => branch.key !== order.key;

const restBranch = (
  branch: Branch,
  conditions: readonly RawBuilder<unknown>[],
  limit: number,
): RawBuilder<unknown> => sql`(select b.id, b.contact_id, ${branch.key} as key from ${branch.from}
    where ${sql.join([...conditions, ...branch.where], sql` and `)} order by b.id desc limit ${sql.lit(limit)})`;

interface Asked {
  readonly order: Order;
  readonly at: BlockPosition | undefined;
  readonly isReview: boolean;
  readonly state: BlockState | undefined;
  readonly limit: number;
}

interface Place {
  readonly id: string;
  readonly key: number | string;
}

/**
 * The list from its top in the order that is asked for: each part of it (lifted, open, ended by the clock alone) is walked by an
 * index of its own and gives as many as are wanted of all.
 */
const walk = (
  { order, at, isReview, state = 'active' }: Asked,
  workspaceId: string,
  filters: readonly RawBuilder<unknown>[],
  limit: number,
): RawBuilder<unknown> => {
  const selects = partsOf[isReview ? 'active' : state].flatMap((part) => {
    const conditions = [
      sql`b.workspace_id = ${workspaceId}`,
      sql`b.is_open = ${sql.lit(part.isOpen)}`,
      ...part.where,
      ...filters,
    ];
    return branchesOf(order, at, part.isOpen).map((branch) =>
      isConstant(branch, order)
        ? restBranch(branch, conditions, limit)
        : selectBranch(branch, conditions, order, limit),
    );
  });
  return sql.join(selects, sql` union all `);
};

const inOrder = ({ order }: Asked): RawBuilder<unknown> => {
  const direction = sql.raw(order.isDescending ? 'desc' : 'asc');
  return sql`order by p.key ${direction}, p.id ${direction}`;
};

/**
 * Where the blocks of a page stand. Of a search that so many match, the first blocks of the list are looked at one after another, by a
 * hash of whoever matches (`is true` keeps PostgreSQL from joining them); they tell the page unless they hold too few.
 */
const findPlaces = async (
  db: Db,
  workspaceId: string,
  asked: Asked,
  filters: readonly RawBuilder<unknown>[],
  search: Search,
): Promise<readonly Place[]> => {
  const limit = rowsToRead(asked.limit);
  const sorted = inOrder(asked);
  const read = async (from: RawBuilder<unknown>, where = sql``) => {
    const { rows } = await sql<Place>`select p.id, to_json(p.key) as key from (${from}) p ${where}
      ${sorted} limit ${sql.lit(limit)}`.execute(db);
    return rows;
  };
  // By attempts every block would have to be looked up first.
  if (search.first !== undefined && asked.order.restKey === undefined) {
    const top = walk(asked, workspaceId, filters, mostLookedAt);
    const places = await read(
      sql`select * from (${top}) p ${sorted} limit ${sql.lit(mostLookedAt)}`,
      sql`where (p.contact_id in (${search.first})) is true`,
    );
    if (places.length === limit) {
      return places;
    }
  }
  return read(walk(asked, workspaceId, [...filters, ...search.filters], limit));
};

/** What is shown of these blocks; one that is gone by now is left out. */
const readDetails = async (
  db: Db,
  workspaceId: string,
  places: readonly Place[],
): Promise<Block[]> => {
  if (places.length === 0) {
    return [];
  }
  const { rows } = await sql<BlockRow>`select ${blockColumns} from block b ${blockJoins}
    where b.workspace_id = ${workspaceId} and b.id = any(${places.map(({ id }) => id)}::uuid[])`.execute(
    db,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return places.flatMap(({ id }) => {
    const row = byId.get(id);
    return row === undefined ? [] : [toBlock(row)];
  });
};

/**
 * A page of blocks. Where it stands is one statement, which says little and is planned quickly for what is asked for; what is shown
 * of it another, which is the same for all lists, so that PostgreSQL keeps its plan (decision 0059).
 */
export const listBlocks = async (
  db: Db,
  workspaceId: string,
  query: BlockListQuery,
): Promise<Page<Block>> => {
  const isReview = query.toReview === 'true';
  const order = orderOf(query.sort ?? 'newest', isReview);
  const { cursor, limit, state } = query;
  const at = cursor === undefined ? undefined : decodePosition(cursor, order.name, order.isNumber);
  const filters = [
    ...filtersOf(query),
    ...(await upstreamFilter(db, workspaceId, query)),
    ...(isReview ? [isToReview(await findReviewDays(db, workspaceId))] : []),
  ];
  const search = await searchOf(db, workspaceId, query.search);
  const asked = { order, at, isReview, state, limit };
  const found = await findPlaces(db, workspaceId, asked, filters, search);
  const places = found.slice(0, query.limit);
  const last = places.at(-1);
  return {
    items: await readDetails(db, workspaceId, places),
    nextCursor:
      found.length > query.limit && last !== undefined
        ? encodePosition({ by: order.name, key: last.key, id: last.id })
        : null,
  };
};
