import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { ptBR } from './pt-br.ts';

export const en: SameKeys<typeof ptBR> = {
  phone: 'Number',
  'phone-hidden': 'Number hidden by WhatsApp',
  username: 'User name',
  'profile-name': 'Name on WhatsApp',
  'address-book-name': 'Name in the WhatsApp address book',
  since: 'Contact since',
  rename: 'Change name',
  'rename-title': 'Name of the contact',
  'rename-description':
    'Only the team sees this name. Empty brings back the one in the phone’s address book or on WhatsApp.',
  name: 'Name',
  save: 'Save name',
  renamed: 'Name changed',
  'copy-phone': 'Copy number',
  'phone-copied': 'Number copied',
  failed: 'The contact could not be loaded',
  see: 'See contact',
  'past-conversations': 'Earlier conversations',
  merge: 'Merge with another',
  'name-covered': 'Name hidden while the request is reviewed',
  'name-removed': 'Name removed by the responsible team',
  problem: {
    'name-covered':
      'The name is hidden until the request is decided. After that another can be given.',
    'name-not-removable': 'This contact has no name to remove.',
    'contact-not-found': 'This contact no longer exists.',
    'contact-merged': 'This contact was merged into another one. Open the conversation again.',
    'invalid-phone':
      'This number does not look right. Write it with the area code, for example (11) 91234-5678.',
  },
};
