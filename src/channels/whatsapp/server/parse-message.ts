import type { InboundItem, MessageActionItem, MessageContent, MessageItem } from '../../channel.ts';
import { cleanText, longestDetail, type Marks } from './clean-text.ts';
import { wordCounter } from './counter-names.ts';
import { readBody } from './parse-content.ts';
import {
  counted,
  externalIdOf,
  firstErrorCode,
  isOfGroup,
  type Receiver,
  readTimestamp,
} from './parse-context.ts';
import { type ContactLookup, isNobody, type Party, readParty } from './parse-person.ts';
import { parseSystemMessage } from './parse-system.ts';
import { asId, asWire, isWire, present, type Wire } from './wire.ts';

/** Where a message was found. */
export interface Surroundings {
  /** `out`: our own side sent it from the phone app. */
  readonly direction: 'in' | 'out';
  readonly contacts: ContactLookup;
  readonly isHistory: boolean;
  /** The other side of the thread that a history import lists it under. */
  readonly thread?: Party;
}

const readReferral = (message: Wire, marks: Marks): Wire | undefined => {
  const referral = message['referral'];
  if (!isWire(referral)) {
    return undefined;
  }
  const detail = (key: string) => cleanText(referral[key], longestDetail, marks);
  return present({
    sourceUrl: detail('source_url'),
    sourceId: detail('source_id'),
    sourceType: detail('source_type'),
    headline: detail('headline'),
    body: cleanText(referral['body'], 4 * longestDetail, marks),
    mediaType: detail('media_type'),
    imageUrl: detail('image_url'),
    videoUrl: detail('video_url'),
    thumbnailUrl: detail('thumbnail_url'),
    clickId: detail('ctwa_clid'),
    welcomeText: cleanText(asWire(referral['welcome_message'])['text'], longestDetail, marks),
  });
};

const readProduct = (context: Wire): Wire | undefined => {
  const product = context['referred_product'];
  return isWire(product)
    ? present({
        catalogId: asId(product['catalog_id'], 128),
        productId: asId(product['product_retailer_id'], 256),
      })
    : undefined;
};

/** Most messages are a text and nothing else: they are spared the rest. */
const isBare = (message: Wire, context: Wire, body: Wire | undefined, marks: Marks): boolean =>
  body === undefined &&
  marks.size === 0 &&
  message['referral'] === undefined &&
  message['errors'] === undefined &&
  context['referred_product'] === undefined;

/** A file that WhatsApp itself could not fetch: of more than 100 MB (API sheet 2.9, 3). */
const fileTooLarge = 131_052;

/** Body, advertisement, product and error beside one another; undefined when there is nothing but text. */
const readPayload = (
  message: Wire,
  context: Wire,
  body: Wire | undefined,
  marks: Marks,
): Wire | undefined => {
  if (isBare(message, context, body, marks)) {
    return undefined;
  }
  const errorCode = firstErrorCode(message);
  const payload = present({
    ...body,
    referral: readReferral(message, marks),
    product: readProduct(context),
    errorCode,
    isTooLarge: errorCode === fileTooLarge ? true : undefined,
  });
  if (marks.size > 0) {
    payload['marks'] = [...marks];
  }
  return Object.keys(payload).length === 0 ? undefined : payload;
};

const readContent = (message: Wire, marks: Marks): MessageContent => {
  const { kind, text, payload: own } = readBody(message, marks);
  const context = asWire(message['context']);
  const payload = readPayload(message, context, own, marks);
  const repliedTo = asId(context['id']);
  const isFrequent = context['frequently_forwarded'] === true;
  return {
    kind,
    ...(text === undefined ? {} : { text }),
    ...(payload === undefined ? {} : { payload }),
    ...(repliedTo === undefined ? {} : { replyToExternalId: repliedTo }),
    ...(isFrequent || context['forwarded'] === true ? { isForwarded: true } : {}),
    ...(isFrequent ? { isFrequentlyForwarded: true } : {}),
  };
};

const historyStatuses: ReadonlyMap<unknown, NonNullable<MessageItem['historyStatus']>> = new Map([
  ['SENT', 'sent'],
  ['DELIVERED', 'delivered'],
  ['READ', 'read'],
  ['PLAYED', 'played'],
  ['ERROR', 'failed'],
]);

const historyStatusOf = (message: Wire, around: Surroundings) =>
  around.isHistory && around.direction === 'out'
    ? historyStatuses.get(asWire(message['history_context'])['status'])
    : undefined;

const parsePlainMessage = (
  message: Wire,
  around: Surroundings,
  receiver: Receiver,
  party: Party,
): MessageItem => {
  const marks: Marks = new Set();
  const timestamp = readTimestamp(message['timestamp'], receiver, marks);
  const content = readContent(message, marks);
  const historyStatus = historyStatusOf(message, around);
  const { direction, isHistory } = around;
  return {
    type: 'message',
    workspaceId: receiver.workspaceId,
    channelId: receiver.channelId,
    externalId: externalIdOf(message, receiver, [direction, party.person, content]),
    timestamp,
    direction,
    ...party,
    content,
    isHistory,
    ...(historyStatus === undefined ? {} : { historyStatus }),
  };
};

type Action = { readonly target: string | undefined; readonly action: MessageActionItem['action'] };

/** A reaction taken back comes without an emoji or with an empty one. */
const readReaction = (part: Wire): Action => {
  const emoji = cleanText(part['emoji'], 40);
  return {
    target: asId(part['message_id']),
    action: { kind: 'reaction', emoji: emoji === undefined || emoji === '' ? null : emoji },
  };
};

const readEdit = (part: Wire): Action => ({
  target: asId(part['original_message_id']),
  action: { kind: 'edit', text: readEditedText(asWire(part['message'])) },
});

const captioned: ReadonlySet<unknown> = new Set(['image', 'video', 'document']);

/** Of a file without its caption the caption was taken away (API sheet 5.3). */
const readEditedText = (message: Wire): string | null => {
  const type = message['type'];
  if (type === 'reaction' || type === 'edit' || type === 'revoke') {
    return null;
  }
  const { text } = readBody(message, new Set());
  const isFile = captioned.has(type) && isWire(message[String(type)]);
  return text ?? (isFile ? '' : null);
};

const readAction = (message: Wire): Action | undefined => {
  switch (message['type']) {
    case 'reaction':
      return readReaction(asWire(message['reaction']));
    case 'edit':
      return readEdit(asWire(message['edit']));
    case 'revoke':
      return {
        target: asId(asWire(message['revoke'])['original_message_id']),
        action: { kind: 'revoke' },
      };
    default:
      return undefined;
  }
};

const parseAction = (
  message: Wire,
  { target, action }: Action,
  around: Surroundings,
  receiver: Receiver,
  party: Party,
): InboundItem => {
  if (target === undefined) {
    return counted(receiver, `${action.kind}-without-target`);
  }
  const { direction } = around;
  return {
    type: 'action',
    workspaceId: receiver.workspaceId,
    channelId: receiver.channelId,
    externalId: externalIdOf(message, receiver, [direction, party.person, target, action]),
    timestamp: readTimestamp(message['timestamp'], receiver),
    direction,
    ...party,
    targetExternalId: target,
    action,
    ...(around.isHistory ? { isHistory: true } : {}),
  };
};

/**
 * One entry of `messages`, `message_echoes` or a history thread. Always one item: what cannot belong to a conversation
 * is counted.
 */
export const parseMessage = (
  value: unknown,
  around: Surroundings,
  receiver: Receiver,
): InboundItem => {
  if (!isWire(value)) {
    return counted(receiver, 'message-malformed');
  }
  if (isOfGroup(value)) {
    return counted(receiver, 'group-message');
  }
  if (value['type'] === 'system') {
    // What an import tells of numbers is the past, and may have changed again since.
    return around.isHistory
      ? counted(receiver, 'history-system')
      : parseSystemMessage(value, receiver);
  }
  const party = readParty(value, around.direction, around.contacts, around.thread);
  if (isNobody(party.person)) {
    return counted(receiver, wordCounter('message-without-person', value['type']));
  }
  const action = readAction(value);
  return action === undefined
    ? parsePlainMessage(value, around, receiver, party)
    : parseAction(value, action, around, receiver, party);
};
