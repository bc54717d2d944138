import type { HiddenPhone } from '../state/people.ts';

/** A person as the wire shows them to one business. */
export interface Sender {
  waId: string;
  userId: string;
  parentUserId: string | null;
  name: string;
  username: string | null;
  hidden: HiddenPhone;
}

/** The phone under this key, empty under it, or no such key. */
export function phoneField(key: string, sender: Sender): Record<string, string> {
  if (sender.hidden === 'missing' || sender.waId === '') return {};
  return { [key]: sender.hidden === 'empty' ? '' : sender.waId };
}

function parentField(key: string, sender: Sender): Record<string, string> {
  return sender.parentUserId === null ? {} : { [key]: sender.parentUserId };
}

/** `from`, `from_user_id`, `from_parent_user_id`, or the same for another prefix. */
export function identityFields(prefix: 'from' | 'to', sender: Sender): Record<string, string> {
  return {
    ...phoneField(prefix, sender),
    [`${prefix}_user_id`]: sender.userId,
    ...parentField(`${prefix}_parent_user_id`, sender),
  };
}

/** One element of `contacts[]`. */
export function contactOf(sender: Sender): Record<string, unknown> {
  const profile = sender.username === null ? {} : { username: sender.username };
  return {
    profile: { name: sender.name, ...profile },
    ...phoneField('wa_id', sender),
    user_id: sender.userId,
    ...parentField('parent_user_id', sender),
  };
}

/** Who a status is about. */
export function recipientFields(sender: Sender): Record<string, string> {
  return {
    ...phoneField('recipient_id', sender),
    recipient_user_id: sender.userId,
    ...parentField('recipient_parent_user_id', sender),
  };
}
