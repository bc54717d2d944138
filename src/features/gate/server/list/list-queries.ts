import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { type PeopleSearch, peopleSearch } from '#features/contacts/server/index.ts';
import { type Page, rowsToRead } from '#platform/server/cursor.ts';
import type { Db } from '#platform/server/deps.ts';
import type { Block } from '../../contract.ts';
import type { BlockState, blockQuerySchema } from '../../list/contract.ts';
import { findBlocks } from '../queries.ts';
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

/** What every block of a list must be, and of whom. */
interface Search {
  readonly filters: readonly RawBuilder<unknown>[];
  readonly people?: PeopleSearch;
}

const searchOf = (workspaceId: string, search: string | undefined): Search => {
  if (search === undefined || search === '') {
    return { filters: [] };
  }
  return isUuid(search)
    ? { filters: [sql`(b.contact_id = ${search}::uuid or b.id = ${search}::uuid)`] }
    : { filters: [], people: peopleSearch(workspaceId, search) };
};

/** Above this, looking at one block after another finds a page sooner than fetching everybody who matches. */
const mostFetched = 5_000;
/** Above this, one is met soon from the top of the list: looking them all up costs more. */
const mostLookedUp = 1_000;
/** How far to look, before they are looked up all the same: the matching ones may all be old. */
const mostLookedAt = 6_000;

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

/** Whom a search found. */
interface Found {
  /** Counted no further than it matters. */
  readonly count: number;
  /** Where they are few. */
  readonly ids: readonly string[] | null;
  /** The first blocks of the list that are of theirs, where they are many but not very many. */
  readonly places: readonly Place[];
}

/**
 * Whoever is found is fetched once. Where they are many, the first blocks of the list are looked at one after another, by a hash of
 * them (`is true` keeps PostgreSQL from joining them), in the same statement.
 */
const lookUp = async (
  db: Db,
  workspaceId: string,
  asked: Asked,
  filters: readonly RawBuilder<unknown>[],
  people: PeopleSearch,
): Promise<Found> => {
  const sorted = inOrder(asked);
  // By attempts every block would have to be looked up first.
  const most = asked.order.restKey === undefined ? mostFetched : 0;
  const { rows } = await sql<Omit<Found, 'places'> & { id: string | null; key: Place['key'] }>`
    with found (id) as materialized (select * from (${people.ids}) f limit ${sql.lit(mostFetched + 1)}),
         number as materialized (select count(*)::int as count from found)
    select n.count, case when n.count between 1 and ${sql.lit(mostLookedUp)} then array(select f.id from found f) end as ids,
           p.id, to_json(p.key) as key
      from number n left join lateral (
        select p.id, p.key
          from (select * from (${walk(asked, workspaceId, filters, mostLookedAt)}) p ${sorted} limit ${sql.lit(mostLookedAt)}) p
         where n.count > ${sql.lit(mostLookedUp)} and n.count <= ${sql.lit(most)}
           and (p.contact_id in (select f.id from found f)) is true
         ${sorted} limit ${sql.lit(rowsToRead(asked.limit))}) p on true
     ${sorted}`.execute(db);
  return {
    count: rows[0]?.count ?? 0,
    ids: rows[0]?.ids ?? null,
    places: rows.flatMap(({ id, key }) => (id === null ? [] : [{ id, key }])),
  };
};

/** Of one of these people. */
const isOfFound = ({ count, ids }: Found, people: PeopleSearch): RawBuilder<unknown> => {
  if (count > mostFetched) {
    return people.isOne(sql`b.workspace_id`, sql`b.contact_id`);
  }
  return ids === null
    ? sql`b.contact_id = any(array(${people.ids}))`
    : sql`b.contact_id = any(${ids}::uuid[])`;
};

/** Where the blocks of a page stand. */
const findPlaces = async (
  db: Db,
  workspaceId: string,
  asked: Asked,
  filters: readonly RawBuilder<unknown>[],
  people: PeopleSearch | undefined,
): Promise<readonly Place[]> => {
  const limit = rowsToRead(asked.limit);
  const read = async (more: readonly RawBuilder<unknown>[]) => {
    const { rows } = await sql<Place>`select p.id, to_json(p.key) as key
      from (${walk(asked, workspaceId, [...filters, ...more], limit)}) p
      ${inOrder(asked)} limit ${sql.lit(limit)}`.execute(db);
    return rows;
  };
  if (people === undefined) {
    return read([]);
  }
  const found = await lookUp(db, workspaceId, asked, filters, people);
  const isTold = found.count === 0 || found.places.length === limit;
  return isTold ? found.places : read([isOfFound(found, people)]);
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
  const ids = sql`${places.map(({ id }) => id)}::uuid[]`;
  const blocks = await findBlocks(db, workspaceId, ids);
  const byId = new Map(blocks.map((block) => [block.id, block]));
  return places.flatMap(({ id }) => byId.get(id) ?? []);
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
  const search = searchOf(workspaceId, query.search);
  const filters = [
    ...filtersOf(query),
    ...search.filters,
    ...(await upstreamFilter(db, workspaceId, query)),
    ...(isReview ? [isToReview(await findReviewDays(db, workspaceId))] : []),
  ];
  const asked = { order, at, isReview, state, limit };
  const found = await findPlaces(db, workspaceId, asked, filters, search.people);
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
