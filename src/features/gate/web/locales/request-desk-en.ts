import type { ptBR } from './request-desk-pt-br.ts';

export const en: typeof ptBR = {
  ask: {
    title: 'Ask to block {{name}}?',
    body: 'The administration gets the request and decides. Until then the conversation leaves your list, without sound, and the media of the contact is hidden.',
    'note-hint': 'Seen by the administration only.',
    attached: 'The last messages of the contact go along, as references.',
  },
  queue: {
    which: 'Requests by state',
    open: 'Waiting',
    decided: 'Decided',
    'empty-decided': 'No request has been decided yet.',
    title: 'Block requests',
    empty: 'No block request is waiting.',
    'empty-hint': 'When somebody of the team asks for a block, it appears here.',
    failed: 'The block requests could not be loaded.',
    more: 'Load more',
    askers: 'Who asks',
    'asked-by': 'asked by {{name}} on {{at}}',
    'show-messages_one': 'Read the last message',
    'show-messages_other': 'Read the last {{count}} messages',
    'hide-messages': 'Hide messages',
  },
  decided: {
    approved: 'Approved',
    refused: 'Refused',
    by: 'Decided by {{name}} on {{at}}',
    at: 'Decided on {{at}}',
  },
  waited: {
    since: '{{time}} ago',
    unanswered: 'unanswered for {{time}}',
    less: 'less than 1 h',
    hours: '{{count}} h',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
  },
  approve: { action: 'Approve…', confirm: 'Block contact' },
  refuse: {
    action: 'Refuse…',
    title: 'Refuse the block of {{name}}?',
    body: 'The contact stays as it is, and the conversation goes back to the list of whoever asked.',
    answer: 'Answer',
    'answer-hint': 'Read by whoever asked for the block.',
    confirm: 'Refuse request',
    done: '{{name}}: request refused',
  },
  settings: {
    failed: 'The time for requests could not be read.',
    hours: 'Time in hours',
    'hours-hint':
      'A request without an answer after that time is brought up to the administration, and again each time it passes. 1 to 720.',
    'hours-wrong': 'Write a whole number from 1 to 720.',
    save: 'Save',
    saved: 'Time saved',
  },
};
