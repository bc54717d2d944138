import { createHash, randomUUID } from 'node:crypto';
import type { InboundSpec } from '../inject/inbound-spec.ts';

type Body = Record<string, unknown>;

const MEDIA_MIME = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/ogg; codecs=opus',
  document: 'application/pdf',
  sticker: 'image/webp',
} as const;

type MediaType = keyof typeof MEDIA_MIME;

function mediaBody(type: MediaType, spec: InboundSpec): Body {
  const id = spec.mediaId ?? String(BigInt(`0x${randomUUID().replaceAll('-', '').slice(0, 13)}`));
  const extras: Record<MediaType, Body> = {
    image: caption(spec),
    video: caption(spec),
    audio: { voice: true },
    document: { filename: spec.filename ?? 'documento.pdf', ...caption(spec) },
    sticker: { animated: false },
  };
  return {
    type,
    [type]: {
      mime_type: spec.mimeType ?? MEDIA_MIME[type],
      sha256: createHash('sha256').update(id).digest('base64'),
      id,
      ...extras[type],
    },
  };
}

function caption(spec: InboundSpec): Body {
  return spec.text === undefined ? {} : { caption: spec.text };
}

function unsupported(kind: string): Body {
  return {
    type: 'unsupported',
    errors: [
      {
        code: 131051,
        title: 'Message type unknown',
        message: 'Message type unknown',
        error_data: { details: 'Message type is currently not supported.' },
      },
    ],
    unsupported: { type: kind },
  };
}

function contactsBody(spec: InboundSpec): Body {
  const sample = {
    name: { formatted_name: 'Oficina do Beto', first_name: 'Beto' },
    phones: [{ phone: '+55 11 3333-4444', type: 'WORK' }],
  };
  return { type: 'contacts', contacts: spec.contacts ?? [sample] };
}

function orderBody(spec: InboundSpec): Body {
  const sample = {
    catalog_id: '300000000000001',
    text: spec.text ?? 'Quero estes itens',
    product_items: [
      { product_retailer_id: 'CAFE-250', quantity: 2, item_price: 24.9, currency: 'BRL' },
    ],
  };
  return { type: 'order', order: spec.order ?? sample };
}

function editBody(spec: InboundSpec): Body {
  return {
    type: 'edit',
    edit: {
      original_message_id: spec.target ?? '',
      message: { type: 'text', text: { body: spec.text ?? '' } },
    },
  };
}

function interactive(kind: 'button_reply' | 'list_reply', spec: InboundSpec): Body {
  const title = spec.title ?? spec.text ?? 'Sim';
  const extra = kind === 'list_reply' ? { description: spec.description ?? '' } : {};
  const reply = { id: spec.payload ?? 'opcao-1', title, ...extra };
  return { type: 'interactive', interactive: { type: kind, [kind]: reply } };
}

const BODIES: Partial<Record<InboundSpec['type'], (spec: InboundSpec) => Body>> = {
  text: (spec) => ({ type: 'text', text: { body: spec.text ?? 'Olá!' } }),
  reaction: (spec) => ({
    type: 'reaction',
    reaction: {
      message_id: spec.target ?? '',
      ...(spec.emoji === undefined ? {} : { emoji: spec.emoji }),
    },
  }),
  edit: editBody,
  revoke: (spec) => ({ type: 'revoke', revoke: { original_message_id: spec.target ?? '' } }),
  button: (spec) => ({
    type: 'button',
    button: { payload: spec.payload ?? 'sim', text: spec.text ?? spec.title ?? 'Sim' },
  }),
  button_reply: (spec) => interactive('button_reply', spec),
  list_reply: (spec) => interactive('list_reply', spec),
  location: (spec) => ({
    type: 'location',
    location: {
      latitude: spec.latitude ?? -23.5505,
      longitude: spec.longitude ?? -46.6333,
      ...(spec.title === undefined ? {} : { name: spec.title }),
      ...(spec.address === undefined ? {} : { address: spec.address }),
    },
  }),
  contacts: contactsBody,
  order: orderBody,
  unsupported: (spec) => unsupported(spec.unsupportedType ?? 'poll_creation'),
  request_welcome: () => ({ type: 'request_welcome' }),
  image: (spec) => mediaBody('image', spec),
  video: (spec) => mediaBody('video', spec),
  audio: (spec) => mediaBody('audio', spec),
  document: (spec) => mediaBody('document', spec),
  sticker: (spec) => mediaBody('sticker', spec),
  raw: () => ({}),
};

/** `type` and the object named like it. */
export function bodyOf(spec: InboundSpec): Body {
  return BODIES[spec.type]?.(spec) ?? {};
}

/** How an edit reaches a number that is not on the Business app. */
export function unsupportedEdit(): Body {
  return unsupported('edit');
}
