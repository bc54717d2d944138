import type { Content, MessageKind, SendMessage } from '../contract.ts';
import { contentOf } from './content-of.ts';
import { cardsCopy } from './copy-cards.ts';
import type { Payload } from './read-payload.ts';

const kinds = ['location', 'contacts', 'interactive', 'reaction'] as const;
/** Kinds that leave by what their payload says, without a file. */
export type StructuredKind = (typeof kinds)[number];

export interface Structured {
  readonly kind: StructuredKind;
  /** In the naming of channels/whatsapp/README.md. */
  readonly payload: Payload;
}

export const isStructured = (kind: MessageKind): kind is StructuredKind =>
  kinds.some((one) => one === kind);

type SendStructured = Extract<SendMessage, { type: 'location' | 'contacts' | 'buttons' | 'list' }>;

/** What a request to send asks for, as it is stored. */
export const structuredOf = (body: SendStructured): Structured => {
  switch (body.type) {
    case 'location': {
      const { latitude, longitude, name, address } = body;
      return { kind: 'location', payload: { latitude, longitude, name, address } };
    }
    case 'contacts':
      return {
        kind: 'contacts',
        payload: {
          cards: body.cards.map(({ emails, urls, ...card }) => ({
            ...card,
            ...(emails === undefined ? {} : { emails: emails.map((email) => ({ email })) }),
            ...(urls === undefined ? {} : { urls: urls.map((url) => ({ url })) }),
          })),
        },
      };
    case 'buttons': {
      const { header, footer, buttons } = body;
      return { kind: 'interactive', payload: { type: 'button', header, footer, buttons } };
    }
    case 'list': {
      const { header, footer, button, sections } = body;
      return { kind: 'interactive', payload: { type: 'list', header, footer, button, sections } };
    }
  }
};

const locationCopy = (content: Content | null): Structured | undefined => {
  if (content?.kind === 'location') {
    const { latitude, longitude, name, address } = content;
    return {
      kind: 'location',
      payload: {
        latitude,
        longitude,
        ...(name === null ? {} : { name }),
        ...(address === null ? {} : { address }),
      },
    };
  }
  return undefined;
};

/** A place or cards, to be sent on; WhatsApp forwards neither buttons nor lists. */
export const structuredCopy = (kind: MessageKind, payload: Payload): Structured | undefined => {
  if (kind !== 'contacts') {
    return locationCopy(contentOf(kind, payload));
  }
  const cards = cardsCopy(payload);
  return cards === undefined ? undefined : { kind, payload: cards };
};
