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
  /** The first blocks of the list that are of theirs, where they are many but not very many. */
  readonly places: readonly Place[];
}

/** What a search asks of a list. */
interface Search {
  readonly workspaceId: string;
  readonly asked: Asked;
  readonly filters: readonly RawBuilder<unknown>[];
  readonly people: PeopleSearch;
}

/** The blocks themselves tell whose they are: the list is walked until a page is full. */
const topByRow = ({ workspaceId, asked, filters, people }: Search): RawBuilder<unknown> => {
  const isMany = sql`n.count > ${sql.lit(mostLookedUp)}`;
  return walk(asked, workspaceId, [...filters, people.isOne(who), isMany], rowsToRead(asked.limit));
};

/** The first blocks of the list are looked at by a hash of the people (`is true` keeps PostgreSQL from joining them). */
const topByPeople = ({ workspaceId, asked, filters }: Search): RawBuilder<unknown> => {
  const sorted = inOrder(asked);
  // By attempts every block would have to be looked up first.
  const most = asked.order.restKey === undefined ? mostFetched : 0;
  return sql`select p.id, p.contact_id, p.key
    from (select * from (${walk(asked, workspaceId, filters, mostLookedAt)}) p ${sorted} limit ${sql.lit(mostLookedAt)}) p
   where n.count > ${sql.lit(mostLookedUp)} and n.count <= ${sql.lit(most)}
     and (p.contact_id in (select f.id from found f)) is true`;
};

/** Whoever is found is fetched once. Where they are many, the list is looked at from its top in the same statement. */
const lookUp = async (db: Db, search: Search): Promise<Found> => {
  const { asked, people } = search;
  const sorted = inOrder(asked);
  const most = people.isToldByRow ? mostLookedUp : mostFetched;
  const top = people.isToldByRow ? topByRow(search) : topByPeople(search);
  const { rows } = await sql<Omit<Found, 'places'> & (Place | { readonly id: null })>`
    with found (id) as materialized (select * from (${people.ids}) f limit ${sql.lit(most + 1)}),
         number as materialized (select count(*)::int as count from found)
    select n.count, case when n.count between 1 and ${sql.lit(mostLookedUp)} then array(select f.id from found f) end as ids,
           ${placeColumns}
      from number n left join lateral (
        select p.id, p.contact_id, p.key from (${top}) p ${sorted} limit ${sql.lit(rowsToRead(asked.limit))}) p on true
     ${sorted}`.execute(db);
  return {
    count: rows[0]?.count ?? 0,
    ids: rows[0]?.ids ?? null,
    places: rows.flatMap((row) => (row.id === null ? [] : [row])),
  };
};

/** Of one of these people. */
const isOfFound = ({ count, ids }: Found, people: PeopleSearch): RawBuilder<unknown> => {
  if (count > mostFetched) {
    return people.isOne(who);
  }
  return ids === null
    ? sql`b.contact_id = any(array(${people.ids}))`
    : sql`b.contact_id = any(${ids}::uuid[])`;
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
      from (${walk(asked, workspaceId, [...filters, ...more], limit)}) p
      ${inOrder(asked)} limit ${sql.lit(limit)}`.execute(db);
    return rows;
  };
  if (people === undefined) {
    return read([]);
  }
  const found = await lookUp(db, { workspaceId, asked, filters, people });
  const isWhole = people.isToldByRow && found.ids === null;
  return isWhole || found.count === 0 || found.places.length === limit
    ? found.places
    : read([isOfFound(found, people)]);
};
