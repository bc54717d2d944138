import { type RawBuilder, sql } from 'kysely';
import { accountKeys, escapeLike, fold } from './search-queries.ts';

/** What tells of a row of another table who it is of. */
export interface WhoColumns {
  readonly workspace: RawBuilder<unknown>;
  readonly contact: RawBuilder<unknown>;
  /** All the contact's numbers between blanks, as migration 0057 writes them. */
  readonly numbers: RawBuilder<unknown>;
}

/** Whom a search finds, in the two ways in which a list asks for them. */
export interface PeopleSearch {
  /** A query of their ids, one column; one may come twice. As an array it is asked once and not for every row. */
  readonly ids: RawBuilder<unknown>;
  /** Whether a row is of one of them: where so many are found that fetching them all takes longer. */
  readonly isOne: (who: WhoColumns) => RawBuilder<boolean>;
  /** The same, looked up for this row alone: where a list is looked at from its top, PostgreSQL is not to look everybody up first. */
  readonly isOneByItself: (who: WhoColumns) => RawBuilder<boolean>;
  /** Whether these columns alone tell it, so that looking at very many rows costs little. */
  readonly isToldByRow: boolean;
}

const isMobileLocal = (digits: string): boolean => /^[6-9]/.test(digits);

/**
 * How the number that begins with these digits may begin in canonical form: as typed, with the country code of Brazil,
 * and with the ninth digit where it was left out.
 */
export const numberBeginnings = (typed: string): string[] => {
  const digits = typed.replace(/\D/g, '');
  const isInternational = typed.trim().startsWith('+') || typed.trim().startsWith('00');
  const plain = digits.replace(/^0+/, '');
  if (plain === '') {
    return [];
  }
  const national = isInternational ? [] : [`55${plain}`];
  const withNinth = [plain, ...national].flatMap((whole) =>
    whole.startsWith('55') && isMobileLocal(whole.slice(4))
      ? [`${whole.slice(0, 4)}9${whole.slice(4)}`]
      : [],
  );
  const all = [...new Set([plain, ...national, ...withNinth])];
  // What begins with another one is found with it.
  return all.filter((one) => !all.some((other) => other !== one && one.startsWith(other)));
};

/** The local number alone, or the last four digits by which a number is told apart where it is masked. */
const numberEndings = (search: string): string[] => {
  const digits = search.replace(/\D/g, '');
  return digits.length >= 4 ? [digits] : [];
};

/** As a range and not by `like`, whose index only a plan for one value finds: made once, it is kept for all. */
const beginsWith = (key: RawBuilder<unknown>, beginning: string): RawBuilder<unknown> =>
  // Behind all digits and the colon that ends what is turned round.
  sql`${key} ~>=~ ${beginning} and ${key} ~<~ ${`${beginning};`}`;

/** Each way in which a number `i` may be the one that was typed; every one of them is asked of an index. */
const waysOfNumber = (search: string): RawBuilder<unknown>[] => [
  ...numberBeginnings(search).map((begin) => beginsWith(sql`i.match_key`, `phone:${begin}`)),
  ...numberEndings(search).map((end) =>
    beginsWith(sql`reverse(i.match_key)`, [...end].reverse().join('')),
  ),
];

/** Stands for more numbers than the entry of an index holds. */
const tooManyNumbers = '*';

/** The same of numbers between blanks. Where the part stands takes half the time of `like`. */
const waysOfNumbers = (search: string, numbers: RawBuilder<unknown>): RawBuilder<unknown>[] =>
  [
    ...numberBeginnings(search).map((begin) => ` ${begin}`),
    ...numberEndings(search).map((end) => `${end} `),
  ].map((part) => sql`strpos(${numbers}, ${part}) > 0`);

const isPhone = sql`i.kind = 'phone'`;
/** Each has indexes of its own: a number left behind is found like one that is held. */
const heldOrLeft = [sql`not i.is_former`, sql`i.is_former`];

const looksLikeNumber = (search: string): boolean =>
  search.replace(/\D/g, '').length >= 3 && /^[\d\s()+.-]+$/.test(search);

/** Of a query of whoever bears what was typed: with `offset 0` it is neither joined nor asked for all rows at once. */
const inBothWays = (
  bears: (who: WhoColumns) => RawBuilder<unknown>,
): Pick<PeopleSearch, 'isOne' | 'isOneByItself' | 'isToldByRow'> => ({
  isOne: (who) => sql<boolean>`exists (${bears(who)})`,
  isOneByItself: (who) => sql<boolean>`exists (${bears(who)} offset 0)`,
  isToldByRow: false,
});

const byAccount = (workspaceId: string, keys: readonly string[]): PeopleSearch => ({
  ids: sql`select i.contact_id from contact_identity i
    where i.workspace_id = ${workspaceId} and i.match_key = any(${keys}::text[])`,
  ...inBothWays(
    ({ workspace, contact }) => sql`select 1 from contact_identity i
      where i.workspace_id = ${workspace} and i.contact_id = ${contact} and i.match_key = any(${keys}::text[])`,
  ),
});

const byNumber = (workspaceId: string, search: string): PeopleSearch => {
  const found = waysOfNumber(search);
  const ways = found.length > 0 ? found : [sql`false`];
  const selects = ways.flatMap((way) =>
    heldOrLeft.map(
      (state) => sql`select i.contact_id from contact_identity i
        where i.workspace_id = ${workspaceId} and ${isPhone} and ${state} and ${way}`,
    ),
  );
  const isOne = ({ workspace, contact, numbers }: WhoColumns) =>
    sql<boolean>`(${sql.join(
      [
        ...waysOfNumbers(search, numbers),
        sql`${numbers} = ${sql.lit(tooManyNumbers)} and exists (select 1 from contact_identity i
            where i.workspace_id = ${workspace} and i.contact_id = ${contact} and ${isPhone} and (${sql.join(ways, sql` or `)}))`,
      ],
      sql` or `,
    )})`;
  const ids = sql.join(selects, sql` union all `);
  return { ids, isOne, isOneByItself: isOne, isToldByRow: true };
};

const byName = (workspaceId: string, search: string): PeopleSearch => {
  const like = `%${escapeLike(fold(search))}%`;
  return {
    ids: sql`select c.id from contact c
      where c.workspace_id = ${workspaceId} and c.merged_into is null and c.search_name like ${like}`,
    ...inBothWays(
      ({ workspace, contact }) => sql`select 1 from contact s
        where s.workspace_id = ${workspace} and s.id = ${contact} and s.search_name like ${like}`,
    ),
  };
};

/**
 * People by a part of a name (accents and case ignored), by how their number begins or ends, as Brazilians type it, or by
 * WhatsApp's id of their account; also by what they left behind, which blocks as well.
 */
export const peopleSearch = (workspaceId: string, search: string): PeopleSearch => {
  const account = accountKeys(search);
  if (account.length > 0) {
    return byAccount(workspaceId, account);
  }
  return looksLikeNumber(search) ? byNumber(workspaceId, search) : byName(workspaceId, search);
};
