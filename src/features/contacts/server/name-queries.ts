import { sql } from 'kysely';

/** All that decides what a contact is called, as `nameColumns` reads it. */
export interface NameRow {
  readonly givenName: string | null;
  readonly addressBookName: string | null;
  readonly profileName: string | null;
  readonly username: string | null;
  /** Digits without the plus sign; null while the number is hidden. */
  readonly phone: string | null;
  /** covered: while its removal is decided · removed: nothing of WhatsApp's is kept of it. Null: neither. */
  readonly nameWithheld: 'covered' | 'removed' | null;
}

/**
 * The columns of a `NameRow`, for whoever shows a name: which of them wins is `displayName`'s to say and nobody else's. A name
 * that is covered is in none of them.
 * Expects the table `contact` under the alias `c`.
 */
export const nameColumns = sql`
  case when not c.is_name_covered then c.given_name end as "givenName",
  case when not c.is_name_covered then c.address_book_name end as "addressBookName",
  case when not c.is_name_covered then c.profile_name end as "profileName",
  case when not c.is_name_covered then c.username end as username,
  case when c.is_name_covered then 'covered' when c.name_removed_at is not null then 'removed' end as "nameWithheld",
  (select ltrim(i.value, '+') from contact_identity i
    where i.workspace_id = c.workspace_id and i.contact_id = c.id and i.kind = 'phone' and not i.is_former
    order by i.id desc limit 1) as phone`;
