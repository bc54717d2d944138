import { type RawBuilder, sql } from 'kysely';
import type { PeopleSearch } from '#features/contacts/server/index.ts';
import { rowsToRead } from '#platform/server/cursor.ts';
import type { Db } from '#platform/server/deps.ts';
import { type Asked, inOrder, type Place, walk } from './walk-queries.ts';

/** Above this, looking at one block after another finds a page sooner than fetching everybody who matches. */
const mostFetched = 5_000;
/** Above this, one is met soon from the top of the list: looking them all up costs more. */
const mostLookedUp = 1_000;
/** How far to look, before they are looked up all the same: the matching ones may all be old. */
const mostLookedAt = 6_000;

const who = {
  workspace: sql`b.workspace_id`,
  contact: sql`b.contact_id`,
  numbers: sql`b.numbers`,
};

const placeColumns = sql`p.id, p.contact_id as "contactId", to_json(p.key) as key`;

/** Whom a search found. */
interface Found {
  /** Counted no further than it matters. */
  readonly count: number;
  /** Where they are few. */
  readonly ids: readonly string[] | null;
  /** The first blocks of the list that are of theirs, where they are many. */
  readonly places: readonly Place[];
}

/** What a search asks of a list. */
interface Search {
  readonly workspaceId: string;
  readonly asked: Asked;
  readonly filters: readonly RawBuilder<unknown>[];
  readonly people: PeopleSearch;
}

/** By attempts every block of the top would have to be looked up first. */
const hasTop = ({ order }: Asked): boolean => order.restKey === undefined;

/** A row that tells itself whose it is needs no hash of the people, however many they are. */
const mostCounted = ({ asked, people }: Search): number =>
  people.isToldByRow && hasTop(asked) ? mostLookedUp : mostFetched;

/**
 * The first blocks of the list, looked at one by one: they tell themselves whose they are, a hash of the people does
 * (`is true` keeps PostgreSQL from joining them), or each is looked up where they are very many.
 */
const topOf = ({ workspaceId, asked, filters, people }: Search): RawBuilder<unknown> => {
  const isOne = people.isOneByItself({
    workspace: sql`${workspaceId}`,
    contact: sql`p.contact_id`,
    numbers: sql`p.numbers`,
  });
  const isTheirs = people.isToldByRow
    ? isOne
    : sql`(n.count <= ${sql.lit(mostFetched)} and (p.contact_id in (select f.id from found f)) is true
        or n.count > ${sql.lit(mostFetched)} and ${isOne})`;
  return sql`select p.id, p.contact_id, p.key
    from ${walk(asked, workspaceId, filters, mostLookedAt)} p
   where ${sql.lit(hasTop(asked))} and n.count > ${sql.lit(mostLookedUp)} and ${isTheirs}`;
};

/** Whoever is found is fetched once. Where they are many, the list is looked at from its top in the same statement. */
const lookUp = async (db: Db, search: Search): Promise<Found> => {
  const { asked, people } = search;
  const sorted = inOrder(asked);
  const { rows } = await sql<Omit<Found, 'places'> & (Place | { readonly id: null })>`
    with found (id) as ${sql.raw(people.isToldByRow ? '' : 'materialized')} (
           select * from (${people.ids}) f limit ${sql.lit(mostCounted(search) + 1)}),
         number as materialized (select count(*)::int as count, array_agg(f.id) as ids from found f)
    select n.count, case when n.count <= ${sql.lit(mostLookedUp)} then n.ids end as ids,
           ${placeColumns}
      from number n left join lateral (
        select p.id, p.contact_id, p.key from (${topOf(search)}) p ${sorted} limit ${sql.lit(rowsToRead(asked.limit))}) p on true
     ${sorted}`.execute(db);
  return {
    count: rows[0]?.count ?? 0,
    ids: rows[0]?.ids ?? null,
    places: rows.flatMap((row) => (row.id === null ? [] : [row])),
  };
};

const areVeryMany = async (db: Db, search: Search, { count }: Found): Promise<boolean> => {
  if (mostCounted(search) >= mostFetched) {
    return count > mostFetched;
  }
  const { rows } = await sql<{
    isMore: boolean;
  }>`select count(*) > ${sql.lit(mostFetched)} as "isMore"
    from (select from (${search.people.ids}) f limit ${sql.lit(mostFetched + 1)}) f`.execute(db);
  return rows[0]?.isMore ?? false;
};

/** Of one of these people. */
const isOfFound = async (db: Db, search: Search, found: Found): Promise<RawBuilder<unknown>> => {
  if (found.ids !== null) {
    return sql`b.contact_id = any(${found.ids}::uuid[])`;
  }
  return (await areVeryMany(db, search, found))
    ? search.people.isOne(who)
    : sql`b.contact_id = any(array(${search.people.ids}))`;
};

/** Where the blocks of a page stand, and the one after it. */
export const findPlaces = async (
  db: Db,
  workspaceId: string,
  asked: Asked,
  filters: readonly RawBuilder<unknown>[],
  people: PeopleSearch | undefined,
): Promise<readonly Place[]> => {
  const limit = rowsToRead(asked.limit);
  const read = async (more: readonly RawBuilder<unknown>[]) => {
    const { rows } = await sql<Place>`select ${placeColumns}
      from ${walk(asked, workspaceId, [...filters, ...more], limit)} p ${inOrder(asked)}`.execute(
      db,
    );
    return rows;
  };
  if (people === undefined) {
    return read([]);
  }
  const search = { workspaceId, asked, filters, people };
  const found = await lookUp(db, search);
  return found.count === 0 || found.places.length === limit
    ? found.places
    : read([await isOfFound(db, search, found)]);
};
