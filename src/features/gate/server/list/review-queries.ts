import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';
import {
  type BlockCounts,
  type Blockers,
  type BlockState,
  blockCountLimit,
  reviewCountLimit,
} from '../../list/contract.ts';

const defaultDays = 180;

/**
 * Nobody has looked at it for so many days, and its end is farther away than as many (decision 0049). The days are read
 * before, so that the index can be asked for the rest. Expects the table `block` as `b`.
 */
export const isToReview = (afterDays: number): RawBuilder<boolean> =>
  sql<boolean>`(b.lifted_at is null
    and coalesce(b.expires_at, 'infinity') > now() + make_interval(days => ${afterDays}::int)
    and coalesce(b.reviewed_at, b.started_at) <= now() - make_interval(days => ${afterDays}::int))`;

export const findReviewDays = async (db: Db | Tx, workspaceId: string): Promise<number> => {
  const { rows } = await sql<{ days: number }>`select after_days as days from block_review_setting
    where workspace_id = ${workspaceId}`.execute(db);
  return rows[0]?.days ?? defaultDays;
};

/** Never more than a limit: what is shown at every look must cost little, however much there is. */
export const countBlocks = async (db: Db, workspaceId: string): Promise<BlockCounts> => {
  const afterDays = await findReviewDays(db, workspaceId);
  const counted = (where: RawBuilder<unknown>, limit: number) => sql`(select count(*)::int from (
    select 1 from block b where b.workspace_id = ${workspaceId} and ${where} limit ${limit + 1}) n)`;
  const { rows } = await sql<{ open: number; lifted: number; lapsed: number; toReview: number }>`
    select ${counted(sql`b.is_open = true`, blockCountLimit)} as open,
           ${counted(sql`b.is_open = false`, blockCountLimit)} as lifted,
           ${counted(sql`b.is_open = true and coalesce(b.expires_at, 'infinity') <= now()`, blockCountLimit)} as lapsed,
           ${counted(isToReview(afterDays), reviewCountLimit)} as "toReview"`.execute(db);
  const { open = 0, lifted = 0, lapsed = 0, toReview = 0 } = rows[0] ?? {};
  const capped = (count: number, limit = blockCountLimit) => ({
    count: Math.min(count, limit),
    isMore: count > limit,
  });
  return {
    active: capped(open - lapsed),
    ended: capped(lifted + lapsed),
    toReview: capped(toReview, reviewCountLimit),
  };
};

/** Found by jumping from one to the next in the index of blocks that are lifted, or of those that are not. */
const startersOf = (workspaceId: string, isOpen: boolean): RawBuilder<unknown> => sql`
  (with recursive starter as (
     (select started_by as id from block where workspace_id = ${workspaceId} and is_open = ${sql.lit(isOpen)}
         and started_by is not null order by started_by limit 1)
     union all
     select (select b.started_by from block b where b.workspace_id = ${workspaceId} and b.is_open = ${sql.lit(isOpen)}
                and b.started_by > s.id order by b.started_by limit 1)
       from starter s where s.id is not null)
   select id, false as "isSystem" from starter where id is not null
   union all
   select null::uuid, true where exists (select 1 from block where workspace_id = ${workspaceId}
      and is_open = ${sql.lit(isOpen)} and started_by is null))`;

/** Whoever opened one of the blocks of such a list; of ended ones those too that the clock alone may have ended. */
export const listBlockers = async (
  db: Db,
  workspaceId: string,
  state: BlockState = 'active',
): Promise<Blockers['items']> => {
  const kinds = state === 'active' ? [true] : [true, false];
  const starters = sql.join(
    kinds.map((isOpen) => startersOf(workspaceId, isOpen)),
    sql` union `,
  );
  const { rows } = await sql<{ id: string | null; name: string | null }>`
    select s.id, coalesce(m.name, k.name) as name from (${starters}) s
      left join member m on m.workspace_id = ${workspaceId} and m.id = s.id
      left join api_key k on k.workspace_id = ${workspaceId} and k.id = s.id
     order by s."isSystem", s.id limit 500`.execute(db);
  return rows.map(({ id, name }) => ({ id, name: name ?? '—' }));
};
