import type { InboundItem } from '../../channel.ts';
import { wordCounter } from './counter-names.ts';
import { counted, externalIdOf, type Receiver, readTimestamp } from './parse-context.ts';
import { longestProfileName, readName, readNames, readPerson } from './parse-person.ts';
import { asWire } from './wire.ts';

/**
 * One entry of the address book on the business's phone (API sheet 5.2). An edit is an `add`, a `remove` has no names.
 * What names nobody that could be written to, or is of a kind unknown, is counted.
 */
export const parseContactSync = (value: unknown, receiver: Receiver): InboundItem => {
  const entry = asWire(value);
  if (entry['type'] !== 'contact') {
    return counted(receiver, 'contact-sync-other-type');
  }
  const contact = asWire(entry['contact']);
  const person = readPerson(contact['phone_number'], contact['user_id'], contact['parent_user_id']);
  if (person.phone === undefined && person.bsuid === undefined) {
    return counted(receiver, 'contact-sync-without-person');
  }
  const action = entry['action'];
  if (action !== 'add' && action !== 'remove') {
    return counted(receiver, wordCounter('contact-sync-action', action));
  }
  const name =
    readName(contact['full_name'], longestProfileName) ??
    readName(contact['first_name'], longestProfileName);
  if (action === 'add' && name === undefined) {
    return counted(receiver, 'contact-sync-without-name');
  }
  const bookName = action === 'add' && name !== undefined ? name : null;
  const timestamp = readTimestamp(asWire(entry['metadata'])['timestamp'], receiver);
  const { username } = bookName === null ? {} : readNames(undefined, contact['username']);
  return {
    type: 'contact-sync',
    workspaceId: receiver.workspaceId,
    channelId: receiver.channelId,
    externalId: externalIdOf(entry, receiver, ['contact-sync', person, bookName, timestamp]),
    timestamp,
    person,
    bookName,
    ...(username === undefined ? {} : { username }),
  };
};
