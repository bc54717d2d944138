import type { NameRow } from './name-queries.ts';

/**
 * What a contact is called everywhere: the name the team gave, else the one in the address book of the business's phone,
 * else the one chosen on WhatsApp, else the user name, else the number, else a dash.
 */
export const displayName = (contact: NameRow): string =>
  contact.givenName ||
  contact.addressBookName ||
  contact.profileName ||
  (contact.username ? `@${contact.username}` : null) ||
  (contact.phone === null ? null : `+${contact.phone}`) ||
  '—';
