import type { ptBR } from './requests-pt-br.ts';

export const en: typeof ptBR = {
  ask: 'Ask for a block',
  state: 'Block request',
  sent: 'Request sent to the administration',
  'sent-at': 'On {{at}}',
  'sent-hint':
    'Until it is decided the conversation is out of your list, without sound, and the media of the contact is hidden.',
  waiting:
    'A block request is being looked at. Until it is decided the media of this contact is hidden.',
  'to-decide': 'A block was asked for. The administration decides.',
  'to-queue': 'See requests',
  approved: 'Request approved: contact blocked',
  refused: 'Block request refused',
  understood: 'Got it',
  toast: {
    approved: '{{name}}: request approved, contact blocked.',
    'approved-several_one': '{{count}} block request of yours approved, contact blocked.',
    'approved-several_other': '{{count}} block requests of yours approved, contacts blocked.',
    refused: '{{name}}: block request refused.',
  },
  tab: 'Requests',
  settings: 'Block requests',
  'settings-lead': 'How soon the administration wants to answer whoever asks for a block.',
  'none-asked': 'No request of yours is waiting',
  'media-held': 'Media hidden while the block request is looked at',
  count_one: '{{count}} block request',
  count_other: '{{count}} block requests',
  overdue_one: '{{count}} block request without an answer in time',
  overdue_other: '{{count}} block requests without an answer in time',
  problem: {
    'block-request-not-found': 'This block request is not there any more.',
    'block-request-decided': 'Somebody else has decided this request already.',
    'block-request-open': 'This request has not been decided yet.',
    'too-many-block-requests':
      'You made many requests within the last hour. Talk to the administration.',
    'media-withheld': 'Media hidden while the block request is looked at.',
  },
};
