import { type RawBuilder, sql } from 'kysely';

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (char) => `\\${char}`);

/** Lower case without accents, the same in SQL and here. */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

const folded = (column: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`regexp_replace(normalize(lower(coalesce(${column}, '')), NFD), '[\u0300-\u036f]', '', 'g')`;

/** A Brazilian mobile number typed without its ninth digit: DDD and eight digits. */
const withNinthDigit = (digits: string): string =>
  /^(55)?\d{2}[6-9]\d{7}$/.test(digits) ? digits.replace(/(\d{8})$/, '9$1') : digits;

/**
 * Part of a name (accents and case ignored) or of a number as Brazilians type it.
 * Expects the contact table under the alias `c`.
 */
export const matchesSearch = (search: string): RawBuilder<boolean> => {
  const name = `%${escapeLike(fold(search))}%`;
  const digits = search.replace(/\D/g, '');
  const looksLikeNumber = digits.length >= 3 && /^[\d\s()+.-]+$/.test(search);
  if (!looksLikeNumber) {
    return sql<boolean>`(${folded(sql`c.given_name`)} like ${name} or ${folded(sql`c.profile_name`)} like ${name}
      or ${folded(sql`c.username`)} like ${name})`;
  }
  const [typed, canonical] = [`%${digits}%`, `%${withNinthDigit(digits)}%`];
  return sql<boolean>`exists (select 1 from contact_identity i
    where i.workspace_id = c.workspace_id and i.contact_id = c.id and i.kind = 'phone' and not i.is_former
      and (i.value like ${typed} or i.match_key like ${typed} or i.match_key like ${canonical}))`;
};
