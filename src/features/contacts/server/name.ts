/** What a contact is called everywhere: the name we gave, else the one chosen on WhatsApp, else the number, else a dash. */
export const displayName = (contact: {
  givenName: string | null;
  profileName: string | null;
  username: string | null;
  phone: string | null;
}): string =>
  contact.givenName ||
  contact.profileName ||
  (contact.phone === null ? null : `+${contact.phone}`) ||
  (contact.username === null ? null : `@${contact.username}`) ||
  '—';
