import type { Content, ContentOf, LinkCard, MessageKind, Referral } from '../contract.ts';
import { callOf } from './call-progress.ts';
import { contactsOf, flowReplyOf } from './content-parts.ts';
import {
  integerOf,
  numberOf,
  oneOf,
  type Payload,
  recordOf,
  recordsOf,
  textOf,
  webAddressOf,
} from './read-payload.ts';

const locationOf = (payload: Payload): Content | null => {
  const latitude = numberOf(payload['latitude']);
  const longitude = numberOf(payload['longitude']);
  if (latitude === null || longitude === null) {
    return null;
  }
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    return null;
  }
  return {
    kind: 'location',
    latitude,
    longitude,
    name: textOf(payload['name']),
    address: textOf(payload['address']),
    url: webAddressOf(payload['url']),
  };
};

const around = (payload: Payload): { header: string | null; footer: string | null } => ({
  header: textOf(payload['header']),
  footer: textOf(payload['footer']),
});

const buttonsOf = (payload: Payload): { title: string }[] =>
  recordsOf(payload['buttons']).flatMap((button) => {
    const title = textOf(button['title']) ?? textOf(button['text']);
    return title === null ? [] : [{ title }];
  });

const listOf = (payload: Payload): ContentOf<'list'> => ({
  kind: 'list',
  ...around(payload),
  button: textOf(payload['button']),
  sections: recordsOf(payload['sections']).map((section) => ({
    title: textOf(section['title']),
    rows: recordsOf(section['rows']).flatMap((row) => {
      const title = textOf(row['title']);
      return title === null ? [] : [{ title, description: textOf(row['description']) }];
    }),
  })),
});

/** What our own side sent, or what the person answered to a question of WhatsApp's own. */
const interactiveOf = (payload: Payload): Content | null => {
  switch (payload['type']) {
    case 'button':
      return { kind: 'buttons', ...around(payload), buttons: buttonsOf(payload) };
    case 'list':
      return listOf(payload);
    case 'call-permission':
      return {
        kind: 'call-permission',
        answer: oneOf(['accept', 'reject'], payload['answer']),
      };
    default:
      return null;
  }
};

const templateOf = (payload: Payload): Content | null => {
  const name = textOf(payload['name']);
  return name === null
    ? null
    : {
        kind: 'template',
        name,
        language: textOf(payload['language']),
        ...around(payload),
        buttons: buttonsOf(payload),
      };
};

type OrderItem = ContentOf<'order'>['items'][number];

const totalsOf = (items: readonly OrderItem[]): ContentOf<'order'>['totals'] => {
  const totals = new Map<string, number>();
  for (const { currency, price, quantity } of items) {
    if (currency === null || price === null || quantity === null) {
      return null;
    }
    // In thousandths: sums of decimals would grow tails.
    const amount = Math.round(price * quantity * 1_000);
    totals.set(currency, (totals.get(currency) ?? 0) + amount);
  }
  return [...totals].map(([currency, amount]) => ({ currency, amount: amount / 1_000 }));
};

const orderOf = (payload: Payload): Content => {
  const items = recordsOf(payload['items']).map((item) => ({
    productId: textOf(item['productId']),
    quantity: numberOf(item['quantity']),
    price: numberOf(item['price']),
    currency: textOf(item['currency']),
  }));
  return { kind: 'order', items, totals: totalsOf(items) };
};

const unsupportedOf = (payload: Payload): Content => {
  const type = textOf(payload['type']);
  return {
    kind: 'unsupported',
    reason: oneOf(['not-handed-on', 'unknown-type', 'malformed'], payload['reason']),
    // The channel's word for one without a name, or with one too odd to keep.
    type: type === 'other' ? null : type,
    code: integerOf(payload['errorCode']),
  };
};

const productOf = (payload: Payload): Content | null => {
  const product = recordOf(payload['product']);
  const productId = textOf(product['productId']);
  return productId === null
    ? null
    : { kind: 'about-product', productId, catalogId: textOf(product['catalogId']) };
};

/** What a stored message says beside its text; null where there is nothing that can be shown. Pure, and never throws. */
export const contentOf = (kind: MessageKind, stored: unknown): Content | null => {
  const payload = recordOf(stored);
  switch (kind) {
    case 'text':
    case 'image':
    case 'video':
    case 'audio':
    case 'voice':
    case 'document':
    case 'sticker':
      return productOf(payload);
    case 'location':
      return locationOf(payload);
    case 'contacts':
      return contactsOf(payload);
    case 'interactive':
      return interactiveOf(payload);
    case 'template':
      return templateOf(payload);
    case 'button-reply':
      return { kind, isFromTemplate: payload['isFromTemplate'] === true };
    case 'list-reply':
      return { kind, description: textOf(payload['description']) };
    case 'flow-reply':
      return flowReplyOf(payload);
    case 'order':
      return orderOf(payload);
    case 'call':
      return callOf(payload);
    case 'unsupported':
      return unsupportedOf(payload);
    default:
      return null;
  }
};

/** The advertisement it came from; null when there was none, or nothing of it can be shown. */
export const referralOf = (stored: unknown): Referral | null => {
  const referral = recordOf(recordOf(stored)['referral']);
  const shown = {
    sourceType: textOf(referral['sourceType']),
    sourceUrl: webAddressOf(referral['sourceUrl']),
    headline: textOf(referral['headline']),
    body: textOf(referral['body']),
    welcomeText: textOf(referral['welcomeText']),
    media: oneOf(['image', 'video'], referral['mediaType']),
  };
  return Object.values(shown).some((value) => value !== null) ? shown : null;
};

export const linkCardOf = (stored: unknown): LinkCard | null => {
  const card = recordOf(recordOf(stored)['linkCard']);
  const url = webAddressOf(card['url']);
  const title = textOf(card['title']);
  return url === null || title === null
    ? null
    : { url, title, description: textOf(card['description']), siteName: textOf(card['siteName']) };
};
