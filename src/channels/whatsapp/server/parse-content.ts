import { cleanText, longestDetail, longestText, type Marks } from './clean-text.ts';
import { type Body, bodyOf, unreadable } from './message-body.ts';
import { readCards } from './parse-cards.ts';
import { firstErrorCode } from './parse-context.ts';
import { readInteractive } from './parse-interactive.ts';
import { asId, asList, asNumber, asSlug, asWire, isWire, present, type Wire } from './wire.ts';

type ReadBody = (part: Wire, marks: Marks, message: Wire) => Body;

const mediaFields = (part: Wire): Wire => ({
  mediaId: asId(part['id'], 128),
  mimeType: asId(part['mime_type'], 128),
  sha256: asId(part['sha256'], 128),
});

const readCaptioned =
  (kind: 'image' | 'video' | 'document'): ReadBody =>
  (part, marks) =>
    bodyOf(kind, cleanText(part['caption'], longestText, marks), {
      ...mediaFields(part),
      fileName: cleanText(part['filename'], 255, marks),
    });

const readAudio: ReadBody = (part) =>
  bodyOf(part['voice'] === true ? 'voice' : 'audio', undefined, mediaFields(part));

const readSticker: ReadBody = (part) =>
  bodyOf('sticker', undefined, { ...mediaFields(part), isAnimated: part['animated'] === true });

const readLocation: ReadBody = (part, marks) =>
  bodyOf('location', undefined, {
    latitude: asNumber(part['latitude']),
    longitude: asNumber(part['longitude']),
    name: cleanText(part['name'], longestDetail, marks),
    address: cleanText(part['address'], longestDetail, marks),
    url: cleanText(part['url'], longestDetail, marks),
  });

const readButton: ReadBody = (part, marks) =>
  bodyOf('button-reply', cleanText(part['text'], longestText, marks), {
    id: cleanText(part['payload'], longestDetail, marks),
    isFromTemplate: true,
  });

const mostProducts = 100;

const readOrder: ReadBody = (part, marks) =>
  bodyOf('order', cleanText(part['text'], longestText, marks), {
    catalogId: asId(part['catalog_id'], 128),
    items: asList(part['product_items'])
      .slice(0, mostProducts)
      .map(asWire)
      .map((item) =>
        present({
          productId: asId(item['product_retailer_id'], 256),
          quantity: asNumber(item['quantity']),
          price: asNumber(item['item_price']),
          currency: asId(item['currency'], 8),
        }),
      ),
  });

/** Only what our own side sent can be one: it comes back as an echo or by a history import. */
const readTemplate: ReadBody = (part) =>
  bodyOf('template', undefined, {
    name: asId(part['name'], 512),
    language: asId(asWire(part['language'])['code'], 32),
  });

/** WhatsApp itself says that it has something it does not hand on. */
const readUnsupported = (message: Wire): Body => {
  const { type } = asWire(message['unsupported']);
  return bodyOf('unsupported', undefined, {
    reason: 'not-handed-on',
    type: type === undefined ? undefined : asSlug(type),
    errorCode: firstErrorCode(message),
  });
};

const readers = new Map<string, ReadBody>([
  ['image', readCaptioned('image')],
  ['video', readCaptioned('video')],
  ['document', readCaptioned('document')],
  ['audio', readAudio],
  ['sticker', readSticker],
  ['location', readLocation],
  ['button', readButton],
  ['order', readOrder],
  ['interactive', readInteractive],
  ['template', readTemplate],
]);

const readText = (message: Wire, marks: Marks): Body => {
  const text = cleanText(asWire(message['text'])['body'], longestText, marks);
  return text === undefined ? unreadable('malformed', 'text') : { kind: 'text', text };
};

/** A type left out means text to WhatsApp itself when there is one. */
const typeOf = (message: Wire): unknown =>
  message['type'] === undefined && isWire(message['text']) ? 'text' : message['type'];

/**
 * Allow-listed, by type (API sheet 4.5). What no one here knows becomes `unsupported` and says so; it never throws and
 * never carries the object as it came.
 */
export const readBody = (message: Wire, marks: Marks): Body => {
  const type = typeOf(message);
  switch (type) {
    case 'text':
      return readText(message, marks);
    case 'contacts':
      return Array.isArray(message['contacts'])
        ? bodyOf('contacts', undefined, { cards: readCards(message['contacts'], marks) })
        : unreadable('malformed', type);
    case 'request_welcome':
      return { kind: 'request-welcome' };
    case 'media_placeholder':
      return { kind: 'media-placeholder' };
    case 'unsupported':
      return readUnsupported(message);
    default:
      return readByTable(message, type, marks);
  }
};

const files: ReadonlySet<string> = new Set(['image', 'video', 'document', 'audio', 'sticker']);
const withError = (message: Wire): Wire | undefined =>
  firstErrorCode(message) === undefined ? undefined : {};

const readByTable = (message: Wire, type: unknown, marks: Marks): Body => {
  const read = typeof type === 'string' ? readers.get(type) : undefined;
  if (read === undefined || typeof type !== 'string') {
    return unreadable('unknown-type', type);
  }
  // Of a file that it could not fetch WhatsApp may say the kind and the error alone.
  const part = message[type] ?? (files.has(type) ? withError(message) : undefined);
  return isWire(part) ? read(part, marks, message) : unreadable('malformed', type);
};
