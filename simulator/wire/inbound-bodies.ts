import type { InboundSpec } from '../inject/inbound-spec.ts';
import { mediaBody, oversizeBody, type WireFile } from './media-body.ts';

type Body = Record<string, unknown>;

const REASONS: Record<number, readonly [string, string]> = {
  131051: ['Message type unknown', 'Message type is currently not supported.'],
  131060: ['This message is unavailable', 'This message is currently unavailable.'],
};

function unsupported(kind: string, code = 131051): Body {
  const [title, details] = REASONS[code] ?? ['Unsupported', `Error ${code}`];
  return {
    type: 'unsupported',
    errors: [{ code, title, message: title, error_data: { details } }],
    unsupported: { type: kind },
  };
}

function contactsBody(spec: InboundSpec): Body {
  const sample = {
    name: { formatted_name: 'Oficina do Beto', first_name: 'Beto' },
    phones: [{ phone: '+55 11 3333-4444', type: 'WORK' }],
  };
  const contacts = spec.contacts ?? [sample];
  const origin = spec.contactRequest === true ? { origin: 'contact_request' } : {};
  return { type: 'contacts', contacts: contacts.map((contact) => ({ ...contact, ...origin })) };
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

function editBody(spec: InboundSpec, file: WireFile | null): Body {
  const context = spec.replyTo === undefined ? {} : { context: { id: spec.replyTo } };
  const content =
    file === null ? { type: 'text', text: { body: spec.text ?? '' } } : mediaBody(file, spec.text);
  return {
    type: 'edit',
    edit: { original_message_id: spec.target ?? '', message: { ...context, ...content } },
  };
}

function flowReply(spec: InboundSpec): Body {
  const sample = { flow_token: 'demonstracao', nome: 'Ana Souza', horario: 'manhã' };
  const reply = {
    name: 'flow',
    body: 'Sent',
    response_json: JSON.stringify(spec.response ?? sample),
  };
  return { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: reply } };
}

function callPermissionReply(spec: InboundSpec): Body {
  const week = Math.floor(Date.now() / 1_000) + 604_800;
  const sample = {
    response: 'accept',
    expiration_timestamp: week,
    response_source: 'user_action',
  };
  const type = 'call_permission_reply';
  return { type: 'interactive', interactive: { type, [type]: spec.response ?? sample } };
}

function interactive(kind: 'button_reply' | 'list_reply', spec: InboundSpec): Body {
  const title = spec.title ?? spec.text ?? 'Sim';
  const extra = kind === 'list_reply' ? { description: spec.description ?? '' } : {};
  const reply = { id: spec.payload ?? 'opcao-1', title, ...extra };
  return { type: 'interactive', interactive: { type: kind, [kind]: reply } };
}

type BodyOf = (spec: InboundSpec, file: WireFile | null) => Body;

const BODIES: Partial<Record<InboundSpec['type'], BodyOf>> = {
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
  flow_reply: flowReply,
  call_permission_reply: callPermissionReply,
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
  unsupported: (spec) => unsupported(spec.unsupportedType ?? 'poll_creation', spec.code),
  request_welcome: () => ({ type: 'request_welcome' }),
  raw: () => ({}),
};

/** `type` and the object named like it. */
export function bodyOf(spec: InboundSpec, file: WireFile | null): Body {
  const maker = BODIES[spec.type];
  if (maker !== undefined) return maker(spec, file);
  if (file === null) return {};
  return spec.media?.oversize === true ? oversizeBody(file.kind) : mediaBody(file, spec.text);
}

/** How an edit reaches a number that is not on the Business app. */
export function unsupportedEdit(): Body {
  return unsupported('edit');
}
