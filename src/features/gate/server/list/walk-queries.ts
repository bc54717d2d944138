import { type RawBuilder, sql } from 'kysely';
import type { BlockState } from '../../list/contract.ts';
import type { BlockPosition } from './block-cursor.ts';
import { type Branch, branchesOf, type Order } from './order-queries.ts';

/**
 * Of blocks that nobody has lifted: by the moment at which the statement began, so that an index can be asked for it.
 * Nothing is decided by a list.
 */
export const endOrForever = sql`coalesce(b.expires_at, 'infinity')`;
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

/** Of each block: what tells whose it is. */
const shown = sql`b.id, b.contact_id, b.numbers`;

const selectBranch = (
  { from, where, key, id }: Branch,
  conditions: readonly RawBuilder<unknown>[],
  order: Order,
  limit: number,
): RawBuilder<unknown> => {
  const direction = sql.raw(order.isDescending ? 'desc' : 'asc');
  return sql`(select ${shown}, ${key} as key from ${from}
    where ${sql.join([...conditions, ...where], sql` and `)}
    order by ${key} ${direction}, ${id} ${direction} limit ${sql.lit(limit)})`;
};

/** The rest of a list by attempts has one key for all: it is walked by the id alone. */
const isConstant = (branch: Branch, order: Order): boolean => branch.key !== order.key;

const restBranch = (
  branch: Branch,
  conditions: readonly RawBuilder<unknown>[],
  limit: number,
): RawBuilder<unknown> => sql`(select ${shown}, ${branch.key} as key from ${branch.from}
    where ${sql.join([...conditions, ...branch.where], sql` and `)} order by b.id desc limit ${sql.lit(limit)})`;

/** The rest comes after all others: where they fill the page it is not looked at. */
const thenRest = (
  selected: RawBuilder<unknown>,
  rest: Branch,
  conditions: readonly RawBuilder<unknown>[],
  limit: number,
): RawBuilder<unknown> => {
  const isWanted = sql`(select count(*) from tried) < ${sql.lit(limit)}`;
  return sql`(with tried as materialized ${selected}
    select t.* from tried t union all ${restBranch(rest, [...conditions, isWanted], limit)})`;
};

/** Which list is asked for. */
export interface Asked {
  readonly order: Order;
  readonly at: BlockPosition | undefined;
  readonly isReview: boolean;
  readonly state: BlockState | undefined;
  readonly limit: number;
}

/** Where a block stands in it. */
export interface Place {
  readonly id: string;
  readonly contactId: string;
  readonly key: number | string;
}

export const inOrder = ({ order }: Asked): RawBuilder<unknown> => {
  const direction = sql.raw(order.isDescending ? 'desc' : 'asc');
  return sql`order by p.key ${direction}, p.id ${direction}`;
};

/**
 * The list from its top, as a query of ids, contacts, numbers and keys in the order that is asked for: each part of it (lifted, open, ended
 * by the clock alone) is walked by an index of its own and gives as many as are wanted of all.
 */
export const walk = (
  asked: Asked,
  workspaceId: string,
  filters: readonly RawBuilder<unknown>[],
  limit: number,
): RawBuilder<unknown> => {
  const { order, at, isReview, state = 'active' } = asked;
  const selects = partsOf[isReview ? 'active' : state].map((part) => {
    const conditions = [
      sql`b.workspace_id = ${workspaceId}`,
      sql`b.is_open = ${sql.lit(part.isOpen)}`,
      ...part.where,
      ...filters,
    ];
    const [first, rest] = branchesOf(order, at, part.isOpen);
    if (isConstant(first, order)) {
      return restBranch(first, conditions, limit);
    }
    const selected = selectBranch(first, conditions, order, limit);
    return rest === undefined ? selected : thenRest(selected, rest, conditions, limit);
  });
  const [only, ...others] = selects;
  return only !== undefined && others.length === 0 && order.restKey === undefined
    ? only
    : sql`(select * from (${sql.join(selects, sql` union all `)}) p ${inOrder(asked)} limit ${sql.lit(limit)})`;
};
