import { followMessage } from '../inject/emit-statuses.ts';
import type { Channel } from '../state/channels.ts';
import type { Fault } from '../state/faults.ts';
import type { Person } from '../state/people.ts';
import type { SentMessage, World } from '../state/world.ts';
import { makeMessageId } from '../wire/ids.ts';
import { canonicalPhone, digitsOf } from '../wire/phone-forms.ts';
import { dialledDigits } from './dialled-digits.ts';
import { GraphError } from './graph-error.ts';
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
function judge(world: World, channel: Channel, person: Person): number | null {
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
  if (window !== 'off' && !isWindowOpen(person, channel)) {
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

/** Accepts a message for delivery, or throws. */
export function acceptMessage(
  world: World,
  channel: Channel,
  request: MessageRequest,
  fault: Fault | null,
): { sent: SentMessage; answer: object } {
  const person = recipientOf(world, channel, request);
  const failCode =
    fault?.error?.when === 'async' ? fault.error.code : judge(world, channel, person);
  const userId = world.people.userIdFor(person, channel);
  const digits = person.number === '' ? digitsOf(userId) : person.waId;
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
    text: request.text,
    content: request.content,
    context: request.context,
    biz_opaque_callback_data: request.callbackData,
    statuses: [],
    answer: 'sent',
  };
  store(world, sent);
  followMessage(world, sent, person, {
    ...(failCode === null ? {} : { failCode }),
    ...(fault?.error?.details === undefined ? {} : { failDetails: fault.error.details }),
    mute: fault?.muteStatuses ?? false,
  });
  for (const listener of world.onSent) listener(sent, person);
  const contact =
    request.to === null
      ? { input: request.recipient, user_id: userId }
      : { input: request.to, wa_id: person.waId };
  return {
    sent,
    answer: {
      messaging_product: 'whatsapp',
      contacts: [contact],
      messages: [{ id: sent.id }],
    },
  };
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
