import type { ptBR } from './ask-pt-br.ts';

export const en: typeof ptBR = {
  title_one: 'Ask for the message to be removed?',
  title_other: 'Ask for {{count}} messages to be removed?',
  body: 'The content is hidden from the whole team right now, until it is decided.',
  'body-covered':
    'The content is hidden from the whole team already. If a request for it is open, you join that one.',
  'not-their-phone': 'This takes the content out of our history, not off the person’s phone.',
  reason: 'Reason',
  required: '(required)',
  'reason-missing': 'Choose the reason.',
  reasons: {
    sexual: 'Sexual content',
    offense: 'Offence',
    discrimination: 'Discrimination',
    'personal-data': 'Personal data',
    fraud: 'Fraud',
    other: 'Other',
  },
  note: 'Note',
  optional: '(optional)',
  'note-hint': 'Only the responsible team reads it. Do not repeat the content here.',
  ask: 'Ask for removal',
  'remove-now': 'Remove now…',
  sure: {
    title_one: 'Remove the message now?',
    title_other: 'Remove {{count}} messages now?',
    body: 'The content and its forwarded copies are erased from our history for good, with a record. This cannot be undone.',
    back: 'Back',
    remove: 'Remove now',
    block: 'Block {{name}} too',
    'block-hint': 'At once, on all numbers.',
  },
  name: {
    title: 'Ask for the name to be removed?',
    body: 'The name is hidden from the whole team right now, until it is decided. The masked number takes its place.',
    'note-hint': 'Only the responsible team reads this. Do not repeat the name here.',
    'not-their-phone':
      'If it is removed, the name this person uses on WhatsApp is not kept again. On their phone nothing changes.',
    done: 'Request no. {{number}} sent. Name hidden for everybody.',
    sure: {
      title: 'Remove the name now?',
      body: 'The name is erased from everything we keep, for good, with a record of who removed it. This cannot be undone.',
      block: 'Block this contact too',
    },
    removed: 'Name removed. Request no. {{number}}.',
    removing: 'Request no. {{number}}: the name is being removed.',
    'second-person':
      'Request no. {{number}} sent. Name hidden; another person must confirm the removal.',
  },
  done: {
    asked_one: 'Request no. {{numbers}} sent. Content hidden from everybody.',
    asked_other: 'Requests no. {{numbers}} sent. Content hidden from everybody.',
    joined_one: 'You are in request no. {{numbers}} now.',
    joined_other: 'You are in requests no. {{numbers}} now.',
    blocked: 'Contact blocked.',
    'blocked-before': 'The contact was blocked already; that block stays as it is.',
    removed: 'Content removed. Request no. {{number}}.',
    removing: 'Request no. {{number}}: the content is being removed.',
    'second-person':
      'Request no. {{number}} sent. Content hidden; another person must confirm the removal.',
  },
  problem: {
    'too-many-removal-requests':
      'You have asked for the removal of many messages within this hour. Wait a little, or speak to a moderator.',
    'message-not-removable': 'This message was removed already, or has no content to remove.',
    'message-on-its-way': 'This message is on its way to WhatsApp. Try again in a moment.',
    'removal-request-decided': 'The request for this message has been decided already.',
    'removal-request-not-found': 'This request does not exist or cannot be opened.',
    'second-person-needed': 'Another person must confirm this removal.',
  },
};
