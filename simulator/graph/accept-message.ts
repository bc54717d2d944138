import { followMessage } from '../inject/emit-statuses.ts';
import type { Channel } from '../state/channels.ts';
import type { Fault } from '../state/faults.ts';
import type { Person } from '../state/people.ts';
import type { SentMessage, World } from '../state/world.ts';
import { makeMessageId } from '../wire/ids.ts';
import { canonicalPhone, digitsOf } from '../wire/phone-forms.ts';
import { cardMediaOf, checkUploaded, fetchLinked } from './check-media.ts';
import { dialledDigits } from './dialled-digits.ts';
import { fillTemplate } from './fill-template.ts';
import { GraphError } from './graph-error.ts';
import type { MediaUse } from './validate-media.ts';
import type { MessageRequest } from './validate-message.ts';

const DAY_MS = 86_400_000;

/** Whether the person wrote to (or called) the number in the last 24 hours. */
export function isWindowOpen(person: Person, channel: Channel, calls = true): boolean {
  const wrote = person.lastInboundAt.get(channel.phoneNumberId) ?? 0;
  const called = calls ? (person.lastCallAt.get(channel.phoneNumberId) ?? 0) : 0;
  return Math.max(wrote, called) > Date.now() - DAY_MS;
}

/** The person a request writes to. A number or BSUID never seen belongs to a stranger. */
function recipientOf(world: World, channel: Channel, request: MessageRequest): Person {
  if (request.to !== null) {
    const digits = dialledDigits(world, channel, request.to);
    if (canonicalPhone(digits) === canonicalPhone(channel.displayPhoneNumber)) {
      throw new GraphError(131021);
    }
    return world.people.byPhone(digits) ?? world.people.create(digits);
  }
  const userId = request.recipient ?? '';
  return world.people.byUserId(userId) ?? world.people.create('', { userId });
}

/** Why the message will fail; thrown at once or told later, as the switches say. */
function judge(world: World, channel: Channel, person: Person, isTemplate: boolean): number | null {
  const limit = world.limits.take(channel.phoneNumberId, person.id);
  if (limit !== null) throw new GraphError(limit);
  const { allowedRecipients, blockedRecipient, window } = world.settings;
  const isAllowed =
    allowedRecipients === null ||
    allowedRecipients.some((one) => canonicalPhone(digitsOf(one)) === canonicalPhone(person.waId));
  if (!isAllowed) throw new GraphError(131030);
  if (channel.blockList.has(person.id)) {
    if (blockedRecipient === 'sync') throw new GraphError(130403);
    return 130403;
  }
  if (!isTemplate && window !== 'off' && !isWindowOpen(person, channel)) {
    if (window === 'sync') throw new GraphError(131047);
    return 131047;
  }
  return null;
}

const REMEMBERED = 200_000;

function store(world: World, sent: SentMessage): void {
  world.outbox.set(sent.id, sent);
  if (world.outbox.size <= REMEMBERED) return;
  const oldest = world.outbox.keys().next();
  if (!oldest.done) world.outbox.delete(oldest.value);
}

/** The template meant, filled in; or the message as it is. */
function filled(world: World, channel: Channel, request: MessageRequest): Filled {
  const { template, text, card, media } = request;
  if (template === null) return { text, card: { ...card }, media, category: null };
  const { name, language, components } = template;
  const known = world.templates.find(channel.wabaId, name, language);
  if (known?.status === 'PAUSED') throw new GraphError(132015);
  if (known?.status === 'DISABLED') throw new GraphError(132016);
  if (known?.status !== 'APPROVED') {
    throw new GraphError(132001, {
      details: `template name (${name}) does not exist in ${language}`,
    });
  }
  if (known.category === 'AUTHENTICATION' && request.to === null) throw new GraphError(131062);
  return { ...fillTemplate(known, components), category: known.category.toLowerCase() };
}

interface Filled extends Pick<MessageRequest, 'text' | 'card' | 'media'> {
  category: string | null;
}

/** A reaction to what the person no longer has, or never had, fails later. */
function isReactionAstray(world: World, person: Person, request: MessageRequest): boolean {
  if (request.type !== 'reaction') return false;
  const { message_id: target } = request.content as { message_id: string };
  const item = person.thread.get(target);
  if (item !== undefined) return item.deleted;
  const type = world.inbound.get(target)?.type ?? world.outbox.get(target)?.type ?? 'reaction';
  return type === 'reaction';
}

interface Plan {
  failCode?: number;
  failDetails?: string;
  mute: boolean;
}

function planOf(
  world: World,
  channel: Channel,
  person: Person,
  fault: Fault | null,
  request: MessageRequest,
  content: Filled,
): Plan {
  const mute = fault?.muteStatuses ?? false;
  if (fault?.error?.when === 'async') {
    const { code, details } = fault.error;
    return { failCode: code, ...(details === undefined ? {} : { failDetails: details }), mute };
  }
  const failCode = judge(world, channel, person, content.category !== null);
  const mediaProblem = checkUploaded(world, channel, content.media);
  if (failCode !== null) return { failCode, mute };
  if (isReactionAstray(world, person, request)) return { failCode: 131009, mute };
  return mediaProblem === null ? { mute } : { failCode: 131053, failDetails: mediaProblem, mute };
}

/** Fetches what stands behind a link, if anything does, then lets the message go its way. */
function depart(
  world: World,
  channel: Channel,
  sent: SentMessage,
  person: Person,
  plan: Plan,
  media: readonly MediaUse[],
): void {
  const linked = media.find(({ link }) => link !== null);
  if (linked === undefined || !world.settings.media.fetchLinks || plan.failCode !== undefined) {
    followMessage(world, sent, person, plan);
    return;
  }
  const work = fetchLinked(world, channel, linked, sent.card).then((problem) => {
    const failure = problem === null ? {} : { failCode: 131053, failDetails: problem };
    followMessage(world, sent, person, { ...plan, ...failure });
  });
  world.during(work);
}

function answerFor(request: MessageRequest, sent: SentMessage, person: Person): object {
  const contact =
    request.to === null
      ? { input: request.recipient, user_id: sent.userId }
      : { input: request.to, wa_id: person.waId };
  const status = request.template === null ? {} : { message_status: 'accepted' };
  return {
    messaging_product: 'whatsapp',
    contacts: [contact],
    messages: [{ id: sent.id, ...status }],
  };
}

/** Accepts a message for delivery, or throws. */
export function acceptMessage(
  world: World,
  channel: Channel,
  request: MessageRequest,
  fault: Fault | null,
): { sent: SentMessage; answer: object } {
  const person = recipientOf(world, channel, request);
  const content = filled(world, channel, request);
  const plan = planOf(world, channel, person, fault, request, content);
  const userId = world.people.userIdFor(person, channel);
  const digits = person.number === '' ? digitsOf(userId) : person.waId;
  const [file] = content.media;
  const sent: SentMessage = {
    id: makeMessageId(digits, 'out'),
    at: new Date().toISOString(),
    channel: channel.phoneNumberId,
    to: request.to,
    recipient: request.recipient,
    waId: person.waId === '' ? null : person.waId,
    userId,
    personId: person.id,
    type: request.type,
    text: content.text,
    card: file === undefined ? content.card : { ...content.card, media: cardMediaOf(world, file) },
    category: content.category,
    content: request.content,
    context: request.context,
    biz_opaque_callback_data: request.callbackData,
    statuses: [],
    answer: 'sent',
  };
  store(world, sent);
  depart(world, channel, sent, person, plan, content.media);
  for (const listener of world.onSent) listener(sent, person);
  return { sent, answer: answerFor(request, sent, person) };
}

const TYPING_MS = 25_000;

/** The business has read a person's messages up to this one. */
export function markAsRead(
  world: World,
  channel: Channel,
  request: { messageId: string; typing: boolean },
): object {
  const inbound = world.inbound.get(request.messageId);
  const person = world.people.get(inbound?.personId ?? '');
  world.reads.push({
    channel: channel.phoneNumberId,
    messageId: request.messageId,
    from: person === undefined ? null : person.number || world.people.userIdFor(person, channel),
    typing: request.typing,
    at: new Date().toISOString(),
  });
  if (world.reads.length > REMEMBERED) world.reads.shift();
  if (person !== undefined) {
    person.thread.readUpTo(request.messageId, channel.phoneNumberId);
    if (request.typing) {
      person.typingUntil = Date.now() + TYPING_MS;
      setTimeout(() => world.touch(person), TYPING_MS + 50).unref();
    }
    world.touch(person);
  }
  return { success: true };
}
