import type { InboundItem, StatusItem } from '../../channel.ts';
import { parseCallStatus } from './parse-call.ts';
import { counted, firstErrorCode, type Receiver, readTimestamp } from './parse-context.ts';
import type { ContactLookup } from './parse-person.ts';
import { asId, asSlug, isWire } from './wire.ts';

const known: ReadonlyMap<unknown, StatusItem['status']> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'played'],
  ['failed', 'failed'],
]);

const longestCallbackData = 512;

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
  const status = known.get(value['status']);
  const externalId = asId(value['id']);
  if (status === undefined || externalId === undefined) {
    return counted(
      receiver,
      status === undefined ? `status-${asSlug(value['status'])}` : 'status-without-id',
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
