import type { InboundItem } from '../../channel.ts';
import type { Marks } from './clean-text.ts';
import { counted, externalIdOf, isOfGroup, type Receiver, readTimestamp } from './parse-context.ts';
import { type ContactLookup, isNobody, isSamePhone, readParty } from './parse-person.ts';
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

/** One entry of `calls` (API sheet 9). A call rings and ends under one id, so each event is an item of its own. */
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
  const marks: Marks = new Set();
  const timestamp = readTimestamp(value['timestamp'], receiver, marks);
  const event = asSlug(value['event']);
  const payload = present({
    event,
    direction,
    callStatus: typeof value['status'] === 'string' ? asSlug(value['status']) : undefined,
    durationSeconds: asInteger(value['duration']),
    marks: marks.size > 0 ? [...marks] : undefined,
  });
  return {
    type: 'message',
    workspaceId: receiver.workspaceId,
    channelId: receiver.channelId,
    externalId: `${externalIdOf(value, receiver, [direction, party.person])}:${event}`,
    timestamp,
    direction,
    ...party,
    content: { kind: 'call', payload },
    isHistory: false,
  };
};
