import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { type PeopleSearch, peopleSearch } from '#features/contacts/server/index.ts';
import type { Page } from '#platform/server/cursor.ts';
import type { Db } from '#platform/server/deps.ts';
import type { Block } from '../../contract.ts';
import type { blockQuerySchema } from '../../list/contract.ts';
import { findBlocks } from '../queries.ts';
import { decodePosition, encodePosition } from './block-cursor.ts';
import { orderOf } from './order-queries.ts';
import { findPlaces } from './place-queries.ts';
import { findReviewDays, isToReview } from './review-queries.ts';
import { upstreamFilter } from './upstream-filter-queries.ts';
import { endOrForever, type Place } from './walk-queries.ts';

type WholeQuery = z.output<typeof blockQuerySchema>;
/** What is left out is the default of the API. */
export type BlockListQuery = Partial<WholeQuery> & { readonly limit: number };

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
  const contactIds = sql`${places.map(({ contactId }) => contactId)}::uuid[]`;
  const blocks = await findBlocks(db, workspaceId, ids, contactIds);
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
