import { mediaKinds } from '../media/media-kinds.ts';
import type { Card } from '../state/card.ts';
import { looksLikeUserId } from '../wire/ids.ts';
import { looksLikePhone } from '../wire/phone-forms.ts';
import { invalid, isObject, type Json, missing, requiredText, requireObject } from './fields.ts';
import { GraphError } from './graph-error.ts';
import { readContacts, readLocation } from './validate-contacts.ts';
import { readInteractive } from './validate-interactive.ts';
import { type MediaUse, readMediaMessage } from './validate-media.ts';

/** A send request that could be read. */
export interface MessageRequest {
  to: string | null;
  recipient: string | null;
  type: string;
  content: unknown;
  text: string | null;
  card: Card;
  /** Files it names, to be looked at before it goes. */
  media: MediaUse[];
  /** Which template, when it is one; it is filled in by whoever knows the account's. */
  template: { name: string; language: string; components: unknown } | null;
  context: { message_id: string } | null;
  callbackData: string | null;
}

export interface ReadRequest {
  messageId: string;
  typing: boolean;
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

type Read = Pick<MessageRequest, 'text' | 'card' | 'media' | 'template'>;

const plain = (text: string, card: Card = {}): Read => ({ text, card, media: [], template: null });

function readTemplate(content: Json): Read {
  const name = requiredText(content['name'], "template['name']", 512);
  const language = requireObject(content['language'], 'template.language');
  const code = requiredText(language['code'], "template['language']['code']", 20);
  return { ...plain(''), template: { name, language: code, components: content['components'] } };
}

const READERS: Record<string, (content: Json, context: unknown) => Read> = {
  text: (content) => plain(checkText(content)),
  reaction: (content, context) => plain(checkReaction(content, context)),
  location: (content) => {
    const { text, card } = readLocation(content);
    return plain(text, card);
  },
  interactive: (content) => ({ ...readInteractive(content), template: null }),
  template: readTemplate,
};

for (const kind of mediaKinds) {
  READERS[kind] = (content) => {
    const { use, text } = readMediaMessage(kind, content);
    return { ...plain(text), media: [use] };
  };
}

function readContent(type: string, content: unknown, context: unknown): Read {
  if (content === undefined) throw missing(type);
  if (type === 'contacts') {
    const { text, card } = readContacts(content);
    return plain(text, card);
  }
  const reader = READERS[type];
  if (reader === undefined) {
    throw new GraphError(131051, { details: `Message type ${type} is not supported` });
  }
  return reader(requireObject(content, type), context);
}

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
  if (typeof type !== 'string' || !(type === 'contacts' || type in READERS)) {
    throw new GraphError(131051, { details: `Message type ${String(type)} is not supported` });
  }
  return {
    ...who,
    type,
    content: body[type],
    ...readContent(type, body[type], body['context']),
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
