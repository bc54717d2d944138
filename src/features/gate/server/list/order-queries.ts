import { type RawBuilder, sql } from 'kysely';
import type { BlockSort } from '../../list/contract.ts';
import type { BlockPosition } from './block-cursor.ts';

/** How a list is walked by an index. */
export interface Order {
  readonly name: BlockSort | 'review';
  readonly isNumber: boolean;
  readonly isDescending: boolean;
  readonly key: RawBuilder<unknown>;
  readonly type: RawBuilder<unknown>;
  /** Sorted by attempts: whoever made none comes after all others, under this key. */
  readonly restKey?: number | string;
}

const moment = sql`timestamptz`;

const orders: Readonly<Record<Order['name'], Order>> = {
  newest: {
    name: 'newest',
    isNumber: false,
    isDescending: true,
    key: sql`b.started_at`,
    type: moment,
  },
  oldest: {
    name: 'oldest',
    isNumber: false,
    isDescending: false,
    key: sql`b.started_at`,
    type: moment,
  },
  until: {
    name: 'until',
    isNumber: false,
    isDescending: false,
    key: sql`coalesce(b.expires_at, 'infinity')`,
    type: moment,
  },
  attempts: {
    name: 'attempts',
    isNumber: true,
    isDescending: true,
    key: sql`t.attempts`,
    type: sql`bigint`,
    restKey: 0,
  },
  'last-attempt': {
    name: 'last-attempt',
    isNumber: false,
    isDescending: true,
    key: sql`t.last_at`,
    type: moment,
    restKey: '-infinity',
  },
  review: {
    name: 'review',
    isNumber: false,
    isDescending: false,
    key: sql`coalesce(b.reviewed_at, b.started_at)`,
    type: moment,
  },
};

export const orderOf = (sort: BlockSort, isReview: boolean): Order =>
  orders[isReview ? 'review' : sort];

/** One way into a list, walked by one index. */
export interface Branch {
  readonly from: RawBuilder<unknown>;
  readonly where: readonly RawBuilder<unknown>[];
  readonly key: RawBuilder<unknown>;
  readonly id: RawBuilder<unknown>;
}

/** One way, or two of which the second comes after all of the first. */
export type Branches = readonly [Branch, Branch?];

const after = (
  order: Order,
  key: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
  at: BlockPosition,
) =>
  sql`(${key}, ${id}) ${sql.raw(order.isDescending ? '<' : '>')} (${at.key}::${order.type}, ${at.id}::uuid)`;

const plainBranch = (order: Order, at: BlockPosition | undefined): Branch => ({
  from: sql`block b`,
  where: at === undefined ? [] : [after(order, order.key, sql`b.id`, at)],
  key: order.key,
  id: sql`b.id`,
});

const attemptBranches = (
  order: Order,
  restKey: number | string,
  at: BlockPosition | undefined,
  isOpen: boolean,
): Branches => {
  const isInRest = at?.key === restKey;
  const tried: Branch = {
    from: sql`block_attempt_total t join block b on b.workspace_id = t.workspace_id and b.id = t.block_id`,
    where: [
      sql`t.is_open = ${sql.lit(isOpen)}`,
      ...(at === undefined ? [] : [after(order, order.key, sql`t.block_id`, at)]),
    ],
    key: order.key,
    id: sql`t.block_id`,
  };
  const rest: Branch = {
    from: sql`block b`,
    where: [
      sql`not exists (select 1 from block_attempt_total n where n.workspace_id = b.workspace_id and n.block_id = b.id)`,
      ...(isInRest && at !== undefined ? [sql`b.id < ${at.id}::uuid`] : []),
    ],
    key: sql`${restKey}::${order.type}`,
    id: sql`b.id`,
  };
  return isInRest ? [rest] : [tried, rest];
};

/** The ways into a list of blocks that are lifted, or that are not. */
export const branchesOf = (
  order: Order,
  at: BlockPosition | undefined,
  isOpen: boolean,
): Branches =>
  order.restKey === undefined
    ? [plainBranch(order, at)]
    : attemptBranches(order, order.restKey, at, isOpen);
