import { type RawBuilder, sql } from 'kysely';
import { matchKeysOf, parseTypedAccount } from './normalize-identity.ts';

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (char) => `\\${char}`);

/** Lower case without accents, as `fold_text` of migration 0008 does it. */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

/** A Brazilian mobile number typed without its ninth digit: DDD and eight digits. */
const withNinthDigit = (digits: string): string =>
  /^(55)?\d{2}[6-9]\d{7}$/.test(digits) ? digits.replace(/(\d{8})$/, '9$1') : digits;

const isOurId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** `dr.ana` is part of a name: an id is longer, and begins with capitals or has a digit. */
const isLikelyId = /^(?=[A-Z]{2}\.|.*\d)[^.]+\..{6,}$/;

/** The match keys under which an id of WhatsApp's may be known; none for what is no such id. */
export const accountKeys = (search: string): string[] =>
  isLikelyId.test(search) ? matchKeysOf(parseTypedAccount(search) ?? {}).map(({ key }) => key) : [];

/** Undefined for what is no part of a number. */
const digitsOf = (search: string): string | undefined => {
  const digits = search.replace(/\D/g, '');
  return digits.length >= 3 && /^[\d\s()+.-]+$/.test(search) ? digits : undefined;
};

const namePattern = (search: string): string => `%${escapeLike(fold(search))}%`;

/** The contacts a search finds: a column of ids. */
const found = (workspaceId: string, search: string): RawBuilder<unknown> => {
  if (isOurId.test(search)) {
    return sql`select ${search}::uuid`;
  }
  const keys = accountKeys(search);
  if (keys.length > 0) {
    return sql`select i.contact_id from contact_identity i
      where i.workspace_id = ${workspaceId} and i.match_key = any(${keys}::text[]) and not i.is_former`;
  }
  const digits = digitsOf(search);
  if (digits === undefined) {
    return sql`select s.id from contact s where s.workspace_id = ${workspaceId} and s.merged_into is null
      and s.search_name like ${namePattern(search)}`;
  }
  const [typed, canonical] = [`%${digits}%`, `%${withNinthDigit(digits)}%`];
  return sql`select i.contact_id from contact_identity i
    where i.workspace_id = ${workspaceId} and i.kind = 'phone' and not i.is_former
      and (i.value || ' ' || i.match_key like ${typed} or i.value || ' ' || i.match_key like ${canonical})`;
};

/**
 * Whether this contact is found by a part of a name (accents and case ignored) or of a number as Brazilians type it.
 * As an array, so that PostgreSQL looks the people up first, by index, instead of trying every row against the search.
 * @param contactId the column that holds the contact's id
 */
export const matchesSearch = (
  contactId: RawBuilder<unknown>,
  workspaceId: string,
  search: string,
): RawBuilder<boolean> => sql<boolean>`${contactId} = any(array(${found(workspaceId, search)}))`;

/**
 * The same for a page of contacts `c` in some order. A name that very many bear is found on the way through that order, one
 * that few bear by its index: PostgreSQL chooses, as it cannot where the people are looked up first.
 */
export const isListedFor = (workspaceId: string, search: string): RawBuilder<boolean> =>
  isOurId.test(search) || accountKeys(search).length > 0 || digitsOf(search) !== undefined
    ? matchesSearch(sql`c.id`, workspaceId, search)
    : sql<boolean>`c.search_name like ${namePattern(search)}`;
