import type { InboundItem } from '../../channel.ts';
import { countErrors, type Receiver } from './parse-context.ts';
import { parseMessage } from './parse-message.ts';
import {
  type ContactLookup,
  isSamePhone,
  joinParties,
  type Party,
  readNames,
  readPerson,
} from './parse-person.ts';
import { asList, asPhone, asWire, type Wire } from './wire.ts';

const looksLikeBsuid = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;

/** A thread is named by the person's number, or, when that is hidden, by another id of theirs. */
const readThread = (thread: Wire): Party => {
  const context = asWire(thread['context']);
  const id = thread['id'];
  const bsuid = typeof id === 'string' && looksLikeBsuid.test(id) ? id : undefined;
  const told: Party = {
    person: readPerson(context['wa_id'], context['user_id'], context['parent_user_id']),
    names: readNames(undefined, context['username']),
  };
  return joinParties(told.person, told, { person: readPerson(id, bsuid, undefined), names: {} });
};

const isOurs = (phone: string | undefined, receiver: Receiver): boolean =>
  phone !== undefined && isSamePhone(phone, receiver.displayNumber);

/**
 * Who wrote an imported message. `to` stands only on what the business sent; `from` and `to` are compared with the two
 * sides first, because that holds even when both are told.
 */
export const historyDirection = (
  message: Wire,
  receiver: Receiver,
  thread?: Party,
): 'in' | 'out' => {
  const from = asPhone(message['from']);
  const to = asPhone(message['to']);
  if (isOurs(from, receiver)) {
    return 'out';
  }
  const isFromThread =
    (from !== undefined &&
      thread?.person.phone !== undefined &&
      isSamePhone(from, thread.person.phone)) ||
    (typeof message['from_user_id'] === 'string' &&
      message['from_user_id'] === thread?.person.bsuid);
  if (isOurs(to, receiver) || isFromThread) {
    return 'in';
  }
  return to !== undefined || typeof message['to_user_id'] === 'string' ? 'out' : 'in';
};

const parseThread = (value: unknown, contacts: ContactLookup, receiver: Receiver) => {
  const wire = asWire(value);
  const thread = readThread(wire);
  return asList(wire['messages']).map((message) =>
    parseMessage(
      message,
      {
        direction: historyDirection(asWire(message), receiver, thread),
        contacts,
        isHistory: true,
        thread,
      },
      receiver,
    ),
  );
};

/** One entry of `value.history` (API sheet 5.4): a chunk of threads, or the news that the business shares none. */
export const parseHistoryChunk = (
  value: unknown,
  contacts: ContactLookup,
  receiver: Receiver,
): InboundItem[] => {
  const chunk = asWire(value);
  return [
    ...countErrors(chunk, receiver),
    ...asList(chunk['threads']).flatMap((thread) => parseThread(thread, contacts, receiver)),
  ];
};
