import type { InboundItem } from '../../channel.ts';
import { accessFields, numberFields, templateFields } from '../webhook-fields.ts';
import { wordCounter } from './counter-names.ts';
import { parseCall } from './parse-call.ts';
import { parseContactSync } from './parse-contact-sync.ts';
import { type ChannelIds, countErrors, counted, type Receiver } from './parse-context.ts';
import { historyDirection, parseHistoryChunk } from './parse-history.ts';
import { parseMessage, type Surroundings } from './parse-message.ts';
import { type ContactLookup, contactLookup, isSamePhone } from './parse-person.ts';
import { parseStatus } from './parse-status.ts';
import { parseUserIdUpdate } from './parse-system.ts';
import { parseTemplateChange } from './parse-template-change.ts';
import { type AccountNews, readAccountNews } from './read-account-news.ts';
import { type HistoryNews, readHistoryNews } from './read-history-news.ts';
import { asId, asList, asPhone, asWire, isWire, type Wire } from './wire.ts';

/** One change of a webhook. Which channel it is for is known before anything of its content is read. */
export interface ParsedChange {
  readonly phoneNumberId: string | null;
  readonly wabaId: string | null;
  /** What it counts as where it is not read. */
  readonly counterName: string;
  /** Of a kind that is about the business account and not about one number: read though it names none. */
  readonly isOfAccount: boolean;
  /**
   * Reads the content, after the signature was found to be good for this channel. Never throws; at least one item.
   * @param receivedAt seconds since 1970, for items whose own time cannot be true
   */
  readonly toItems: (channel: ChannelIds, receivedAt: number) => InboundItem[];
  /** How an import of history fares; of a verified change only, like its content. */
  readonly toHistoryNews: () => HistoryNews[];
  /** Whether the account is still ours to use; of a verified change only as well. */
  readonly toAccountNews: (receivedAt: number) => AccountNews | undefined;
}

export interface ParsedWebhook {
  readonly changes: readonly ParsedChange[];
}

/** The fields whose content is read; everything else is counted by its name. */
const readFields: ReadonlySet<string> = new Set([
  ...numberFields,
  // Meta took it back before anybody could subscribe it (API sheet 6); read all the same if it turns up.
  'user_id_update',
  ...templateFields,
  ...accessFields,
]);
const ofTemplates: ReadonlySet<string> = new Set(templateFields);
const ofAccess: ReadonlySet<string> = new Set(accessFields);

const directionOf = (message: unknown, isHistory: boolean, receiver: Receiver): 'in' | 'out' => {
  const wire = asWire(message);
  if (isHistory) {
    return historyDirection(wire, receiver);
  }
  const from = asPhone(wire['from']);
  const isFromUs = from !== undefined && isSamePhone(from, receiver.displayNumber);
  return isFromUs && wire['to'] !== undefined ? 'out' : 'in';
};

/** Both lists may stand in one change: what people wrote, and what our own side sent from the phone app. */
const readMessages = (
  value: Wire,
  contacts: ContactLookup,
  isHistory: boolean,
  receiver: Receiver,
): InboundItem[] => {
  const read = (message: unknown, direction: Surroundings['direction']) =>
    parseMessage(message, { direction, contacts, isHistory }, receiver);
  const items = asList(value['messages']).map((message) =>
    read(message, directionOf(message, isHistory, receiver)),
  );
  for (const echo of asList(value['message_echoes'])) {
    items.push(read(echo, 'out'));
  }
  return items;
};

/** One list after another; spread into `push` a large import would overflow the stack. */
const readChange = (field: string, value: Wire, receiver: Receiver): InboundItem[] => {
  const contacts = contactLookup(value['contacts']);
  const lists: InboundItem[][] = [
    readMessages(value, contacts, field === 'history', receiver),
    asList(value['statuses']).map((status) => parseStatus(status, contacts, receiver)),
    asList(value['calls']).map((call) => parseCall(call, contacts, receiver)),
    ...asList(value['history']).map((chunk) => parseHistoryChunk(chunk, contacts, receiver)),
    asList(value['user_id_update']).map((update) => parseUserIdUpdate(update, receiver)),
    asList(value['state_sync']).map((entry) => parseContactSync(entry, receiver)),
    ofTemplates.has(field) ? parseTemplateChange(field, value, receiver) : [],
    ofAccess.has(field) ? [counted(receiver, wordCounter('account-update', value['event']))] : [],
    countErrors(value, receiver),
  ];
  return lists.flat();
};

const parseChange = (change: Wire, entry: Wire): ParsedChange => {
  const field = typeof change['field'] === 'string' ? change['field'] : '';
  const value = asWire(change['value']);
  const metadata = asWire(value['metadata']);
  const counterName = wordCounter('field', field);
  const isRead = readFields.has(field);
  return {
    phoneNumberId: asId(metadata['phone_number_id'], 64) ?? null,
    wabaId: asId(entry['id'], 64) ?? null,
    counterName,
    isOfAccount: ofTemplates.has(field) || ofAccess.has(field),
    toItems: (channel, receivedAt) => {
      const displayNumber = asPhone(metadata['display_phone_number']) ?? '';
      // By name: a channel may come with secrets of its own.
      const { workspaceId, channelId } = channel;
      const receiver: Receiver = { workspaceId, channelId, receivedAt, displayNumber };
      const items = isRead ? readChange(field, value, receiver) : [];
      return items.length === 0 ? [counted(receiver, counterName)] : items;
    },
    toHistoryNews: () => (field === 'history' ? readHistoryNews(value) : []),
    toAccountNews: (receivedAt) =>
      ofAccess.has(field) ? readAccountNews(value, entry['time'], receivedAt) : undefined,
  };
};

/**
 * WhatsApp puts up to 1,000 updates into one webhook (docs/whatsapp-cloud-api.md 4.3). A change may be two bytes long: 3 MB of them
 * would be a million, held before anybody has looked at the signature.
 */
export const mostChanges = 5_000;
/** Those that name no number are read for each number of the account. */
export const mostOfAccount = 1_000;

/**
 * Every change of every entry (docs/whatsapp-cloud-api.md 4.3, 4.4). Pure.
 * @param body what `JSON.parse` made of the bytes
 * @returns null when it is no webhook of WhatsApp, or larger than any of them
 */
export const parseWebhook = (body: unknown): ParsedWebhook | null => {
  if (!isWire(body) || body['object'] !== 'whatsapp_business_account') {
    return null;
  }
  if (!Array.isArray(body['entry'])) {
    return null;
  }
  const changes: ParsedChange[] = [];
  let ofAccount = 0;
  for (const item of asList(body['entry'])) {
    const entry = asWire(item);
    for (const change of asList(entry['changes'])) {
      const parsed = parseChange(asWire(change), entry);
      ofAccount += parsed.phoneNumberId === null ? 1 : 0;
      if (changes.push(parsed) > mostChanges || ofAccount > mostOfAccount) {
        return null;
      }
    }
  }
  return { changes };
};
