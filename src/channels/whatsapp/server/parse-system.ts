import type { InboundItem, PersonRef } from '../../channel.ts';
import { wordCounter } from './counter-names.ts';
import { counted, externalIdOf, type Receiver, readTimestamp } from './parse-context.ts';
import { isNobody, readPerson } from './parse-person.ts';
import { asId, asPhone, asWire, isWire, type Wire } from './wire.ts';

const identityChange = (
  source: Wire,
  person: PersonRef,
  next: PersonRef,
  receiver: Receiver,
): InboundItem =>
  isNobody(person) || isNobody(next)
    ? counted(receiver, 'identity-change-incomplete')
    : {
        type: 'identity-change',
        workspaceId: receiver.workspaceId,
        channelId: receiver.channelId,
        externalId: externalIdOf(source, receiver, ['identity', person, next]),
        timestamp: readTimestamp(source['timestamp'], receiver),
        person,
        next,
      };

/** `from_user_id` may already be the new one; then nothing tells the old. */
const previousId = (told: unknown, from: unknown, next: unknown): unknown =>
  asId(told) ?? (from === next ? undefined : from);

const readNumberChange = (message: Wire, system: Wire, receiver: Receiver): InboundItem => {
  const person = readPerson(
    // Older drafts keep the key of what they do not tell, with an empty text in it.
    asPhone(message['from']) ?? system['customer'],
    previousId(system['previous_user_id'], message['from_user_id'], system['user_id']),
    previousId(
      system['previous_parent_user_id'],
      message['from_parent_user_id'],
      system['parent_user_id'],
    ),
  );
  const next = readPerson(
    asPhone(system['wa_id']) ?? system['new_wa_id'],
    system['user_id'],
    system['parent_user_id'],
  );
  return identityChange(message, person, next, receiver);
};

/**
 * WhatsApp speaking of a person (API sheet 4.7). Changes of number or id become identity changes; the rest is counted
 * without a trace in the history.
 */
export const parseSystemMessage = (message: Wire, receiver: Receiver): InboundItem => {
  const system = asWire(message['system']);
  switch (system['type']) {
    case 'user_changed_number':
    case 'customer_changed_number':
    case 'user_changed_user_id':
      return readNumberChange(message, system, receiver);
    default:
      return counted(receiver, wordCounter('system', system['type']));
  }
};

/**
 * The field `user_id_update`, which Meta described and then withdrew. Whether its `wa_id` is the old number or the new
 * is not told; as part of what the person is now it is right in both cases.
 */
export const parseUserIdUpdate = (value: unknown, receiver: Receiver): InboundItem => {
  if (!isWire(value)) {
    return counted(receiver, 'identity-change-incomplete');
  }
  const ids = asWire(value['user_id']);
  const parents = asWire(value['parent_user_id']);
  const next = readPerson(value['wa_id'], ids['current'], parents['current']);
  const previous = readPerson(undefined, ids['previous'], parents['previous']);
  const person = isNobody(previous) ? readPerson(value['wa_id'], undefined, undefined) : previous;
  return identityChange(value, person, next, receiver);
};
