import { sql } from 'kysely';

/** All that decides what a contact is called, as `nameColumns` reads it. */
export interface NameRow {
  readonly givenName: string | null;
  readonly addressBookName: string | null;
  readonly profileName: string | null;
  readonly username: string | null;
  /** Digits without the plus sign; null while the number is hidden. */
  readonly phone: string | null;
}

/**
 * The columns of a `NameRow`, for whoever shows a name: which of them wins is `displayName`'s to say and nobody else's.
 * Expects the table `contact` under the alias `c`.
 */
export const nameColumns = sql`
  c.given_name as "givenName", c.address_book_name as "addressBookName", c.profile_name as "profileName", c.username,
  (select ltrim(i.value, '+') from contact_identity i
    where i.workspace_id = c.workspace_id and i.contact_id = c.id and i.kind = 'phone' and not i.is_former
    order by i.id desc limit 1) as phone`;
