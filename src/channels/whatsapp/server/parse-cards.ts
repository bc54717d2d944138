import { cleanText, longestDetail, type Marks } from './clean-text.ts';
import { readVcard } from './read-vcard.ts';
import { asId, asList, asPhone, asWire, present, type Wire } from './wire.ts';

/** As many as one message may hold (docs/whatsapp-cloud-api.md 2.2). */
const mostCards = 257;
const mostEntries = 10;
const longestEntry = 256;

const entries = (list: unknown, read: (entry: Wire) => Wire): Wire[] =>
  asList(list)
    .slice(0, mostEntries)
    .map((entry) => present(read(asWire(entry))));

const isThere = (value: unknown): boolean =>
  typeof value === 'string' ? value !== '' : Object.keys(Object(value)).length > 0;

/** The card, and from the vCard beside it what it leaves out. */
const wholeCard = (card: Wire): Wire => ({
  ...readVcard(card['vcard']),
  ...Object.fromEntries(Object.entries(card).filter(([, value]) => isThere(value))),
});

const readCard = (told: Wire, marks: Marks): Wire => {
  const card = wholeCard(told);
  const short = (value: unknown) => cleanText(value, longestEntry, marks);
  const name = asWire(card['name']);
  const organisation = asWire(card['org']);
  return present({
    name: short(name['formatted_name']) ?? short(name['first_name']),
    phones: entries(card['phones'], (phone) => ({
      phone: short(phone['phone']),
      // Present when that person is on WhatsApp.
      whatsAppPhone: asPhone(phone['wa_id']),
      label: short(phone['type']),
    })),
    emails: entries(card['emails'], (email) => ({
      email: short(email['email']),
      label: short(email['type']),
    })),
    organisation: short(organisation['company']),
    jobTitle: short(organisation['title']),
    birthday: asId(card['birthday'], 32),
    urls: entries(card['urls'], (url) => ({
      url: cleanText(url['url'], longestDetail, marks),
      label: short(url['type']),
    })),
    addresses: entries(card['addresses'], (address) => ({
      street: short(address['street']),
      city: short(address['city']),
      state: short(address['state']),
      postalCode: short(address['zip']),
      country: short(address['country']),
      label: short(address['type']),
    })),
    // The person answered our request for the number.
    isOwnNumber: card['origin'] === 'contact_request' ? true : undefined,
  });
};

/** Address cards: shared by the person, or the answer to a request for the number. */
export const readCards = (cards: unknown, marks: Marks): Wire[] =>
  asList(cards)
    .slice(0, mostCards)
    .map((card) => readCard(asWire(card), marks));
