import type { OutboundStructured } from '../../channel.ts';
import { asList, asWire, present, type Wire } from './wire.ts';

const titled = (text: unknown): Wire | undefined =>
  typeof text === 'string' ? { type: 'text', text } : undefined;

const labelled = (list: unknown, read: (entry: Wire) => Wire): Wire[] | undefined => {
  const entries = asList(list)
    .map(asWire)
    .map((entry) => present({ ...read(entry), type: entry['label'] ?? undefined }))
    .filter((entry) => Object.keys(entry).length > 0);
  return entries.length === 0 ? undefined : entries;
};

const orgOf = (card: Wire): Wire | undefined => {
  const [company, title] = [card['organisation'] ?? undefined, card['jobTitle'] ?? undefined];
  return company === undefined && title === undefined ? undefined : present({ company, title });
};

/** A card's first name is asked for beside the whole: WhatsApp refuses one that has the whole alone. */
const cardPart = (card: Wire): Wire =>
  present({
    name: { formatted_name: card['name'], first_name: card['name'] },
    phones: labelled(card['phones'], ({ phone, whatsAppPhone }) => ({
      phone,
      wa_id: whatsAppPhone ?? undefined,
    })),
    emails: labelled(card['emails'], ({ email }) => ({ email })),
    urls: labelled(card['urls'], ({ url }) => ({ url })),
    addresses: labelled(card['addresses'], ({ street, city, state, postalCode, country }) => ({
      ...{ street, city, state, zip: postalCode, country },
    })),
    org: orgOf(card),
    birthday: card['birthday'] ?? undefined,
  });

const actionOf = (payload: Wire): Wire =>
  payload['type'] === 'list'
    ? { button: payload['button'], sections: payload['sections'] }
    : {
        buttons: asList(payload['buttons'])
          .map(asWire)
          .map(({ id, title }) => ({ type: 'reply', reply: { id, title } })),
      };

/** Places, cards, buttons and lists, from our own naming into WhatsApp's (docs/whatsapp-cloud-api.md, 2.2). */
export const structuredPart = ({ kind, text, payload }: OutboundStructured): Wire => {
  switch (kind) {
    case 'location': {
      const { latitude, longitude, name, address } = payload as Wire;
      return { type: kind, location: present({ latitude, longitude, name, address }) };
    }
    case 'contacts':
      return { type: kind, contacts: asList(payload['cards']).map(asWire).map(cardPart) };
    case 'interactive':
      return {
        type: kind,
        interactive: present({
          type: payload['type'],
          header: titled(payload['header']),
          body: { text },
          footer: typeof payload['footer'] === 'string' ? { text: payload['footer'] } : undefined,
          action: actionOf(payload),
        }),
      };
  }
};
