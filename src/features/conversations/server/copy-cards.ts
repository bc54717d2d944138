import { type Payload, recordsOf, textOf, webAddressOf } from './read-payload.ts';

/** These parts of it, as far as they are there. */
const partsOf = (from: Payload, ...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = textOf(from[name]);
      return value === null ? [] : [[name, value]];
    }),
  );

/** Those that have what they are for, with what they are called. */
const entriesOf = (list: unknown, ...wanted: readonly string[]): Record<string, string>[] =>
  recordsOf(list).flatMap((entry) => {
    const parts = partsOf(entry, ...wanted);
    return Object.keys(parts).length === 0 ? [] : [{ ...parts, ...partsOf(entry, 'label') }];
  });

/** WhatsApp takes a day of a year and nothing else. */
const isDay = (birthday: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(birthday) && !Number.isNaN(Date.parse(birthday));

/** WhatsApp takes no card without a name: what else tells whose it is stands for it. */
const nameOf = (card: Payload): string | null => {
  const [phone] = entriesOf(card['phones'], 'phone', 'whatsAppPhone');
  const [email] = entriesOf(card['emails'], 'email');
  return (
    textOf(card['name']) ??
    phone?.['phone'] ??
    phone?.['whatsAppPhone'] ??
    textOf(card['organisation']) ??
    email?.['email'] ??
    null
  );
};

/** All that a card says of its person, as it came; not that it was the sender's own. */
const copyOf = (card: Payload): Payload | null => {
  const name = nameOf(card);
  const birthday = textOf(card['birthday']);
  return name === null
    ? null
    : {
        name,
        ...partsOf(card, 'organisation', 'jobTitle'),
        phones: recordsOf(card['phones']).flatMap((entry) => {
          const { phone, ...rest } = partsOf(entry, 'phone', 'whatsAppPhone', 'label');
          const shown = phone ?? rest['whatsAppPhone'];
          return shown === undefined ? [] : [{ phone: shown, ...rest }];
        }),
        emails: entriesOf(card['emails'], 'email'),
        urls: entriesOf(card['urls'], 'url').filter(({ url }) => webAddressOf(url) !== null),
        addresses: entriesOf(
          card['addresses'],
          ...['street', 'city', 'state', 'postalCode', 'country'],
        ),
        ...(birthday !== null && isDay(birthday) ? { birthday } : {}),
      };
};

/** Cards to be sent on; undefined when none of them says anything. */
export const cardsCopy = (payload: Payload): Payload | undefined => {
  const cards = recordsOf(payload['cards']).flatMap((card) => copyOf(card) ?? []);
  return cards.length === 0 ? undefined : { cards };
};
