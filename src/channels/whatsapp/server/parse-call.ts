import type { InboundItem } from '../../channel.ts';
import type { Marks } from './clean-text.ts';
import { wordCounter } from './counter-names.ts';
import { counted, externalIdOf, isOfGroup, type Receiver, readTimestamp } from './parse-context.ts';
import {
  type ContactLookup,
  isNobody,
  isSamePhone,
  joinParties,
  type Party,
  readParty,
  readPerson,
} from './parse-person.ts';
import { asInteger, asPhone, asSlug, isWire, present, type Wire } from './wire.ts';

const directionOf = (call: Wire, receiver: Receiver): 'in' | 'out' => {
  if (call['direction'] === 'USER_INITIATED') {
    return 'in';
  }
  if (call['direction'] === 'BUSINESS_INITIATED') {
    return 'out';
  }
  const from = asPhone(call['from']);
  return from !== undefined && isSamePhone(from, receiver.displayNumber) ? 'out' : 'in';
};

/** A call is one message: each thing told of it is an item of the same id, which the store joins. */
const callItem = (
  told: Wire,
  receiver: Receiver,
  of: { direction: 'in' | 'out'; party: Party; event: string; more?: Wire },
): InboundItem => {
  const { direction, party, event } = of;
  const marks: Marks = new Set();
  const timestamp = readTimestamp(told['timestamp'], receiver, marks);
  const payload = present({
    event,
    direction,
    ...of.more,
    marks: marks.size > 0 ? [...marks] : undefined,
  });
  return {
    type: 'message',
    workspaceId: receiver.workspaceId,
    channelId: receiver.channelId,
    externalId: externalIdOf(told, receiver, [direction, party.person, event]),
    timestamp,
    direction,
    ...party,
    content: { kind: 'call', payload },
    isHistory: false,
  };
};

/** One entry of `calls` (API sheet 9). A call rings and ends under one id. */
export const parseCall = (
  value: unknown,
  contacts: ContactLookup,
  receiver: Receiver,
): InboundItem => {
  if (!isWire(value)) {
    return counted(receiver, 'call-malformed');
  }
  if (isOfGroup(value)) {
    return counted(receiver, 'group-call');
  }
  const direction = directionOf(value, receiver);
  const party = readParty(value, direction, contacts);
  if (isNobody(party.person)) {
    return counted(receiver, 'call-without-person');
  }
  const { status } = value;
  return callItem(value, receiver, {
    direction,
    party,
    event: asSlug(value['event']),
    more: {
      callStatus: typeof status === 'string' ? asSlug(status) : undefined,
      durationSeconds: asInteger(value['duration']),
    },
  });
};

const callStates: ReadonlySet<string> = new Set(['ringing', 'accepted', 'rejected']);

/** One entry of `statuses` that is of a call: how one that our side made fares (API sheet 9). */
export const parseCallStatus = (
  value: Wire,
  contacts: ContactLookup,
  receiver: Receiver,
): InboundItem => {
  if (isOfGroup(value) || value['recipient_type'] === 'group') {
    return counted(receiver, 'group-call');
  }
  const event = asSlug(value['status']);
  const own = readPerson(
    value['recipient_id'],
    value['recipient_user_id'],
    value['recipient_parent_user_id'],
  );
  const party = joinParties(own, contacts(own));
  return isNobody(party.person) || !callStates.has(event)
    ? counted(receiver, wordCounter('call-status', event))
    : callItem(value, receiver, { direction: 'out', party, event });
};
