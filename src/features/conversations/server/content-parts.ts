import type { ContactCard, ContentOf } from '../contract.ts';
import { type Payload, recordsOf, textOf, webAddressOf } from './read-payload.ts';

const phonesOf = (card: Payload): ContactCard['phones'] =>
  recordsOf(card['phones']).flatMap((entry) => {
    const whatsAppPhone = textOf(entry['whatsAppPhone']);
    const phone = textOf(entry['phone']) ?? whatsAppPhone;
    return phone === null ? [] : [{ phone, whatsAppPhone, label: textOf(entry['label']) }];
  });

const addressOf = (address: Payload): string[] => {
  const parts = ['street', 'city', 'state', 'postalCode', 'country'].flatMap(
    (part) => textOf(address[part]) ?? [],
  );
  return parts.length === 0 ? [] : [parts.join(', ')];
};

/** Address cards, each with all that it says of its person. */
export const contactsOf = (payload: Payload): ContentOf<'contacts'> => ({
  kind: 'contacts',
  cards: recordsOf(payload['cards']).map((card) => ({
    name: textOf(card['name']),
    organisation: textOf(card['organisation']),
    phones: phonesOf(card),
    emails: recordsOf(card['emails']).flatMap(({ email }) => textOf(email) ?? []),
    jobTitle: textOf(card['jobTitle']),
    birthday: textOf(card['birthday']),
    urls: recordsOf(card['urls']).flatMap(({ url }) => webAddressOf(url) ?? []),
    addresses: recordsOf(card['addresses']).flatMap(addressOf),
    isOwnNumber: card['isOwnNumber'] === true,
  })),
});

/** `screen_0_Nome_completo_1`, as forms made by WhatsApp's own builder name their fields, reads "Nome completo". */
const labelOf = (key: string): string =>
  key
    .replace(/^screen_\d+_/i, '')
    .replace(/_\d+$/, '')
    .replaceAll('_', ' ')
    .trim() || key;

/** What a person answered in a form. */
export const flowReplyOf = (payload: Payload): ContentOf<'flow-reply'> => ({
  kind: 'flow-reply',
  name: textOf(payload['name']),
  answers: recordsOf(payload['answers']).flatMap(({ key: stored, value }) => {
    const key = textOf(stored);
    return typeof value === 'string' || typeof value === 'boolean'
      ? [{ key, label: key === null ? null : labelOf(key), value }]
      : [];
  }),
});
