import type { InboundItem, StatusItem } from '../../channel.ts';
import { wordCounter } from './counter-names.ts';
import { parseCallStatus } from './parse-call.ts';
import {
  counted,
  firstErrorCode,
  isOfGroup,
  type Receiver,
  readTimestamp,
} from './parse-context.ts';
import type { ContactLookup } from './parse-person.ts';
import { asId, isWire, type Wire } from './wire.ts';

const known: ReadonlyMap<unknown, StatusItem['status']> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'played'],
  ['failed', 'failed'],
]);

const longestCallbackData = 512;

/** One for each participant of a group, none of whom is the person a message of ours was for (API sheet 4.6). */
const isGroupStatus = (value: Wire): boolean =>
  value['recipient_type'] === 'group' ||
  value['recipient_participant_id'] !== undefined ||
  value['recipient_participant_user_id'] !== undefined ||
  isOfGroup(value);

/** One entry of `statuses`. Those of calls share the list and are no message's (API sheet 9). */
export const parseStatus = (
  value: unknown,
  contacts: ContactLookup,
  receiver: Receiver,
): InboundItem => {
  if (!isWire(value)) {
    return counted(receiver, 'status-malformed');
  }
  if (value['type'] === 'call') {
    return parseCallStatus(value, contacts, receiver);
  }
  if (isGroupStatus(value)) {
    return counted(receiver, 'group-status');
  }
  const status = known.get(value['status']);
  const externalId = asId(value['id']);
  if (status === undefined || externalId === undefined) {
    return counted(
      receiver,
      status === undefined ? wordCounter('status', value['status']) : 'status-without-id',
    );
  }
  const callbackData = asId(value['biz_opaque_callback_data'], longestCallbackData);
  const errorCode = firstErrorCode(value);
  return {
    type: 'status',
    workspaceId: receiver.workspaceId,
    channelId: receiver.channelId,
    externalId,
    status,
    timestamp: readTimestamp(value['timestamp'], receiver),
    ...(callbackData === undefined ? {} : { callbackData }),
    ...(errorCode === undefined ? {} : { errorCode }),
  };
};
