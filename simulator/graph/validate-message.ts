import { looksLikeUserId } from '../wire/ids.ts';
import { looksLikePhone } from '../wire/phone-forms.ts';
import { GraphError } from './graph-error.ts';

type Json = Record<string, unknown>;

/** A send request that could be read. */
export interface MessageRequest {
  to: string | null;
  recipient: string | null;
  type: string;
  content: unknown;
  text: string | null;
  context: { message_id: string } | null;
  callbackData: string | null;
}

export interface ReadRequest {
  messageId: string;
  typing: boolean;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function missing(name: string): GraphError {
  return new GraphError(131008, { details: `Parameter ${name} is required` });
}

function invalid(details: string): GraphError {
  return new GraphError(131009, { details });
}

/** The body as an object that names WhatsApp, or error 100. */
export function requireProduct(body: unknown): Json {
  if (!isObject(body) || body['messaging_product'] !== 'whatsapp') {
    throw new GraphError(100, {
      message: '(#100) The parameter messaging_product is required.',
      details: 'messaging_product must be whatsapp',
    });
  }
  return body;
}

function checkText(content: Json): string {
  const body = content['body'];
  if (body === undefined || body === '') throw missing('text.body');
  if (typeof body !== 'string') {
    throw new GraphError(100, { message: "(#100) Param text['body'] must be a string." });
  }
  if (body.length > 4_096) {
    throw new GraphError(100, {
      message: "(#100) Param text['body'] must be at most 4096 characters long.",
    });
  }
  return body;
}

function checkReaction(content: Json, context: unknown): string {
  const { message_id: target, emoji } = content;
  if (typeof target !== 'string' || target === '') throw missing('reaction.message_id');
  if (!target.startsWith('wamid.')) throw invalid('reaction.message_id is not a message id');
  if (emoji !== undefined && typeof emoji !== 'string') throw invalid('reaction.emoji');
  if (context !== undefined) throw invalid('a reaction cannot carry a context');
  return typeof emoji === 'string' ? emoji : '';
}

function checkLocation(content: Json): string {
  for (const key of ['latitude', 'longitude']) {
    if (content[key] === undefined) throw missing(`location.${key}`);
    if (!Number.isFinite(Number(content[key]))) throw invalid(`location.${key}`);
  }
  return typeof content['name'] === 'string' ? content['name'] : 'Localização';
}

function checkInteractive(content: Json): string {
  if (typeof content['type'] !== 'string') throw missing('interactive.type');
  if (!isObject(content['action'])) throw missing('interactive.action');
  const body = content['body'];
  return isObject(body) && typeof body['text'] === 'string' ? body['text'] : 'Mensagem interativa';
}

function checkContent(type: string, content: unknown, context: unknown): string {
  if (content === undefined) throw missing(type);
  if (type === 'contacts') {
    if (!Array.isArray(content) || content.length === 0) throw missing('contacts');
    return 'Cartão de contato';
  }
  if (!isObject(content)) {
    throw new GraphError(100, { message: `(#100) Param ${type} must be a JSON object.` });
  }
  switch (type) {
    case 'text':
      return checkText(content);
    case 'reaction':
      return checkReaction(content, context);
    case 'location':
      return checkLocation(content);
    default:
      return checkInteractive(content);
  }
}

const TYPES = new Set(['text', 'reaction', 'location', 'contacts', 'interactive']);

function checkRecipient(body: Json): Pick<MessageRequest, 'to' | 'recipient'> {
  const { to, recipient } = body;
  const kind = body['recipient_type'] ?? 'individual';
  if (kind !== 'individual') {
    throw new GraphError(100, { details: 'recipient_type must be individual' });
  }
  // With both given, the phone number wins.
  if (to !== undefined && to !== '') {
    if (typeof to !== 'string' && typeof to !== 'number') throw invalid('to');
    if (!looksLikePhone(String(to))) throw invalid('to is not a phone number');
    return { to: String(to), recipient: null };
  }
  if (recipient === undefined || recipient === '') throw missing('to');
  if (typeof recipient !== 'string' || !looksLikeUserId(recipient)) throw invalid('recipient');
  return { to: null, recipient };
}

function checkContext(context: unknown): { message_id: string } | null {
  if (context === undefined || context === null) return null;
  const id = isObject(context) ? context['message_id'] : undefined;
  if (typeof id !== 'string' || !id.startsWith('wamid.')) {
    throw invalid('context.message_id is not a message id');
  }
  return { message_id: id };
}

function checkCallbackData(data: unknown): string | null {
  if (data === undefined || data === null) return null;
  if (typeof data !== 'string' || data.length > 512) {
    throw new GraphError(100, {
      details: 'biz_opaque_callback_data must be a string of at most 512 characters',
    });
  }
  return data;
}

/** Reads a send request, or throws the error Meta would answer. */
export function readMessageRequest(body: Json): MessageRequest {
  const who = checkRecipient(body);
  const type = body['type'] ?? 'text';
  if (typeof type !== 'string' || !TYPES.has(type)) {
    throw new GraphError(131051, { details: `Message type ${String(type)} is not supported` });
  }
  return {
    ...who,
    type,
    content: body[type],
    text: checkContent(type, body[type], body['context']),
    context: checkContext(body['context']),
    callbackData: checkCallbackData(body['biz_opaque_callback_data']),
  };
}

/** Reads a request to mark as read. */
export function readReadRequest(body: Json): ReadRequest {
  if (body['status'] !== 'read') throw invalid('status must be read');
  const messageId = body['message_id'];
  if (typeof messageId !== 'string' || messageId === '') throw missing('message_id');
  if (!messageId.startsWith('wamid.')) throw invalid('message_id is not a message id');
  const typing = body['typing_indicator'];
  if (typing !== undefined && !(isObject(typing) && typing['type'] === 'text')) {
    throw invalid('typing_indicator.type must be text');
  }
  return { messageId, typing: typing !== undefined };
}
