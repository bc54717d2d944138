import { personTitle } from '#platform/web/phone.ts';
import type { Conversation } from '../contract.ts';

export const contactTitle = ({
  contactName,
  contactPhone,
}: Pick<Conversation, 'contactName' | 'contactPhone'>): string =>
  personTitle(contactName, contactPhone);
