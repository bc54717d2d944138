import { formatPhone } from '#platform/web/phone.ts';
import type { Conversation } from '../contract.ts';

/** The contact's name; whoever has none is called by the number, written as it is dialled. */
export const contactTitle = (
  conversation: Pick<Conversation, 'contactName' | 'contactPhone'>,
): string =>
  conversation.contactName === conversation.contactPhone
    ? formatPhone(conversation.contactName)
    : conversation.contactName;
