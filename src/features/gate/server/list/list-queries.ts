import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { type FoundPeople, findPeople } from '#features/contacts/server/index.ts';
import type { Page } from '#platform/server/cursor.ts';
import type { Db } from '#platform/server/deps.ts';
import type { Block } from '../../contract.ts';
import type { blockQuerySchema } from '../../list/contract.ts';
import { type BlockRow, blockColumns, blockJoins, toBlock } from '../queries.ts';
import { decodePosition, encodePosition } from './block-cursor.ts';
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

const peopleFilter = (found: FoundPeople): RawBuilder<unknown> =>
  found.kind === 'few'
    ? sql`b.contact_id = any(array(${found.ids}))`
    : found.isOne(sql`b.workspace_id`, sql`b.contact_id`);

const searchFilter = async (
  db: Db,
  workspaceId: string,
  search: string | undefined,
): Promise<RawBuilder<unknown>[]> => {
  if (search === undefined || search === '') {
    return [];
  }
  return isUuid(search)
    ? [sql`(b.contact_id = ${search}::uuid or b.id = ${search}::uuid)`]
    : [peopleFilter(await findPeople(db, workspaceId, search))];
};

const selectBranch = (
  { from, where, key, id }: Branch,
  conditions: readonly RawBuilder<unknown>[],
  order: Order,
  limit: number,
): RawBuilder<unknown> => {
  const direction = sql.raw(order.isDescending ? 'desc' : 'asc');
  return sql`(select b.id, ${key} as key from ${from}
    where ${sql.join([...conditions, ...where], sql` and `)}
    order by ${key} ${direction}, ${id} ${direction} limit ${limit})`;
};

/** The rest of a list by attempts has one key for all: it is walked by the id alone. */
const isConstant = (branch: Branch, order: Order): boolean => branch.key !== order.key;

const restBranch = (
  branch: Branch,
  conditions: readonly RawBuilder<unknown>[],
  limit: number,
): RawBuilder<unknown> => sql`(select b.id, ${branch.key} as key from ${branch.from}
    where ${sql.join([...conditions, ...branch.where], sql` and `)} order by b.id desc limit ${limit})`;

interface ListRow extends BlockRow {
  readonly key: number | string;
}

/**
 * A page of blocks in the order that is asked for. Each part of it (lifted, open, ended by the clock alone) is walked by
 * an index of its own and gives as many as a page has; the details of a block are read for those that remain.
 */
export const listBlocks = async (
  db: Db,
  workspaceId: string,
  query: BlockListQuery,
): Promise<Page<Block>> => {
  const isReview = query.toReview === 'true';
  const order = orderOf(query.sort ?? 'newest', isReview);
  const at =
    query.cursor === undefined
      ? undefined
      : decodePosition(query.cursor, order.name, order.isNumber);
  const filters = [
    ...filtersOf(query),
    ...(await upstreamFilter(db, workspaceId, query)),
    ...(await searchFilter(db, workspaceId, query.search)),
    ...(isReview ? [isToReview(await findReviewDays(db, workspaceId))] : []),
  ];
  const limit = query.limit + 1;
  const selects = partsOf[isReview ? 'active' : (query.state ?? 'active')].flatMap((part) => {
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
  const direction = sql.raw(order.isDescending ? 'desc' : 'asc');
  const { rows } = await sql<ListRow>`
    with page as materialized (
      select id, key from (${sql.join(selects, sql` union all `)}) p
       order by key ${direction}, id ${direction} limit ${limit})
    select ${blockColumns}, to_json(p.key) as key
      from page p join block b on b.workspace_id = ${workspaceId} and b.id = p.id ${blockJoins}
     order by p.key ${direction}, p.id ${direction}`.execute(db);
  const last = rows.slice(0, query.limit).at(-1);
  return {
    items: rows.slice(0, query.limit).map(toBlock),
    nextCursor:
      rows.length > query.limit && last !== undefined
        ? encodePosition({ by: order.name, key: last.key, id: last.id })
        : null,
  };
};
