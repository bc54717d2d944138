import type { InboundSpec } from '../inject/inbound-spec.ts';
import { secondsOf } from '../inject/inbound-spec.ts';
import type { Channel } from '../state/channels.ts';
import { bodyOf, unsupportedEdit } from './inbound-bodies.ts';
import type { WireFile } from './media-body.ts';
import { contactOf, identityFields, phoneField, type Sender } from './sender.ts';

type Json = Record<string, unknown>;

/** Field and value of the webhook that tells of it. */
export interface Inbound {
  field: string;
  value: Json;
}

interface Draft {
  id: string;
  spec: InboundSpec;
  sender: Sender;
  channel: Channel;
  file?: WireFile | null;
  /** The quoted message is the person's own. */
  quotesOwn?: boolean;
}

function contextOf({ spec, channel, sender, quotesOwn = false }: Draft): Json {
  const author = quotesOwn ? phoneField('from', sender) : { from: channel.displayPhoneNumber };
  const quoted = spec.replyTo === undefined ? {} : { ...author, id: spec.replyTo };
  const forwarded = {
    ...(spec.forwarded === 'once' ? { forwarded: true } : {}),
    ...(spec.forwarded === 'often' ? { frequently_forwarded: true } : {}),
  };
  const product =
    spec.referredProduct === undefined ? {} : { referred_product: spec.referredProduct };
  const context = { ...quoted, ...forwarded, ...product };
  return Object.keys(context).length === 0 ? {} : { context };
}

function withContact(draft: Draft, rest: Json): Json {
  const { spec, sender } = draft;
  const contacts =
    spec.contact === null ? {} : { contacts: [{ ...contactOf(sender), ...spec.contact }] };
  return { ...contacts, ...rest, ...spec.value };
}

/** What a click on an advertisement brings along. */
const AD = {
  source_url: 'https://fb.me/exemplo',
  source_id: '120200000000001',
  source_type: 'ad',
  headline: 'Café moído na hora',
  body: 'Entrega no mesmo dia em São Paulo',
  media_type: 'image',
  image_url: 'https://scontent.xx.fbcdn.net/exemplo.jpg',
  ctwa_clid: 'ARexemplo0123456789',
  welcome_message: { text: 'Olá! Como podemos ajudar?' },
};

function referralOf(referral: true | Json): Json {
  return referral === true ? AD : referral;
}

function plainMessage(draft: Draft): Inbound {
  const { spec, sender, channel } = draft;
  const isUntoldEdit = spec.type === 'edit' && !channel.coexistence && !spec.force;
  const message = {
    ...identityFields('from', sender),
    ...(spec.groupId === undefined ? {} : { group_id: spec.groupId }),
    id: draft.id,
    timestamp: String(secondsOf(spec.timestamp)),
    ...contextOf(draft),
    ...(spec.referral === undefined ? {} : { referral: referralOf(spec.referral) }),
    ...(isUntoldEdit ? unsupportedEdit() : bodyOf(spec, draft.file ?? null)),
    ...spec.message,
  };
  return { field: spec.field ?? 'messages', value: withContact(draft, { messages: [message] }) };
}

function endOfCall(spec: InboundSpec): Json {
  const status = spec.callStatus ?? 'COMPLETED';
  if (status === 'FAILED') return { status };
  const duration = spec.duration ?? 12;
  const end = secondsOf(spec.timestamp);
  return { status, start_time: String(end - duration), end_time: String(end), duration };
}

function call(draft: Draft): Inbound {
  const { spec, sender, channel } = draft;
  const event = spec.callEvent ?? 'connect';
  const session = { sdp_type: 'offer', sdp: 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n' };
  const body = {
    id: draft.id,
    ...identityFields('from', sender),
    to: channel.displayPhoneNumber,
    event,
    timestamp: String(secondsOf(spec.timestamp)),
    direction: 'USER_INITIATED',
    ...(event === 'connect' ? { session } : endOfCall(spec)),
    ...spec.message,
  };
  return { field: spec.field ?? 'calls', value: withContact(draft, { calls: [body] }) };
}

const SAID: Partial<Record<InboundSpec['type'], string>> = { text: 'Respondido pelo aparelho' };

function echo(draft: Draft): Inbound {
  const { spec, sender, channel } = draft;
  const kind = spec.kind ?? 'text';
  const said = { ...spec, type: kind, text: spec.text ?? SAID[kind] };
  const message = {
    from: channel.displayPhoneNumber,
    ...identityFields('to', sender),
    id: draft.id,
    timestamp: String(secondsOf(spec.timestamp)),
    ...contextOf(draft),
    ...bodyOf(said, draft.file ?? null),
    ...spec.message,
  };
  const value = withContact(draft, { message_echoes: [message] });
  return { field: spec.field ?? 'smb_message_echoes', value };
}

function history(draft: Draft): Inbound {
  const { spec, sender, channel } = draft;
  const seconds = secondsOf(spec.timestamp);
  const sample: Json[] = [{ text: { body: spec.text ?? 'Mensagem antiga' } }];
  const messages = (spec.messages ?? sample).map((message, index) => ({
    ...(message['outbound'] === true
      ? { from: channel.displayPhoneNumber, ...identityFields('to', sender) }
      : identityFields('from', sender)),
    id: index === 0 ? draft.id : `${draft.id}${index}`,
    timestamp: String(seconds + index),
    type: 'text',
    history_context: { status: 'READ' },
    ...Object.fromEntries(Object.entries(message).filter(([key]) => key !== 'outbound')),
  }));
  const context = { ...phoneField('wa_id', sender), user_id: sender.userId };
  const thread = { id: sender.waId || sender.userId, context, messages };
  const item = { metadata: { phase: 0, chunk_order: 1, progress: 100 }, threads: [thread] };
  return { field: spec.field ?? 'history', value: { history: [item], ...spec.value } };
}

/** The wire's version of what a person did. */
export function buildInbound(draft: Draft): Inbound {
  if (draft.spec.type === 'call') return call(draft);
  if (draft.spec.type === 'echo') return echo(draft);
  if (draft.spec.type === 'history') return history(draft);
  return plainMessage(draft);
}

/** A system message: it carries no contacts. */
export function buildSystem(
  draft: Draft,
  system: { type: 'user_changed_number' | 'user_changed_user_id' } & Json,
): Inbound {
  const { spec, sender } = draft;
  const previous = {
    previous_user_id: sender.userId,
    ...(sender.parentUserId === null ? {} : { previous_parent_user_id: sender.parentUserId }),
  };
  const message = {
    ...identityFields('from', sender),
    id: draft.id,
    timestamp: String(secondsOf(spec.timestamp)),
    type: 'system',
    system: { ...system, ...previous },
    ...spec.message,
  };
  return { field: spec.field ?? 'messages', value: { messages: [message], ...spec.value } };
}
