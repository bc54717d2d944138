import type { NameRow } from './name-queries.ts';
import { maskPhone } from './normalize-identity.ts';

const numberOf = ({ phone, nameWithheld }: NameRow): string | null => {
  if (phone === null) {
    return null;
  }
  return nameWithheld === null ? `+${phone}` : maskPhone(phone);
};

/**
 * What a contact is called everywhere: the name the team gave, else the one in the address book of the business's phone,
 * else the one chosen on WhatsApp, else the user name, else the number, else a dash. Where a name is withheld the number is masked.
 */
export const displayName = (contact: NameRow): string =>
  contact.givenName ||
  contact.addressBookName ||
  contact.profileName ||
  (contact.username ? `@${contact.username}` : null) ||
  numberOf(contact) ||
  '—';
