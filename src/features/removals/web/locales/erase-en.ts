import type { ptBR } from './erase-pt-br.ts';

export const en: typeof ptBR = {
  zone: 'Privacy',
  open: 'Erase the person’s data…',
  hint: 'For somebody who asked for their data to be erased (LGPD).',
  title: 'Erase the data of {{name}}?',
  body: 'This cannot be undone.',
  goes: 'What is erased for good',
  'goes-list': {
    history:
      'The conversations: messages, pictures, audio and files, with the copies that were forwarded',
    who: 'The names and all numbers and accounts of the person',
    notes: 'Notes, requests for a block and removal requests about them',
  },
  stays: 'What stays',
  'stays-list': {
    counts: 'Counts in reports and the audit log, without the name and without the whole number',
    blocked:
      'The block: of each number and account only a code stays that cannot be read back. By it the person stays blocked',
    phone: 'What is on the person’s phone and with WhatsApp',
  },
  'new-contact': 'If the person writes again, they appear as a new contact.',
  word: 'erase',
  type: 'Type “{{word}}” to confirm',
  'type-missing': 'Type “{{word}}”, without the quotes.',
  erase: 'Erase data',
  done: 'The person’s data was erased.',
  problem: {
    'contact-erased': 'The data of this person was erased before.',
    'contact-on-wire': 'A message is on its way to this person. Try again in a moment.',
    'message-on-its-way':
      'A forwarded copy of the messages is on its way to somebody else. Try again in a moment.',
  },
};
