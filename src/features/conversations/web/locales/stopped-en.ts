import type { ptBR } from './stopped-pt-br.ts';

export const en: typeof ptBR = {
  title: 'Stopped by the block',
  'dialog-title': 'Messages that the block of {{name}} stopped',
  count_one: '{{count, number}} message was stopped by the block and was not sent.',
  count_other: '{{count, number}} messages were stopped by the block and were not sent.',
  hint: 'Nothing leaves by itself: send now or discard, one by one.',
  later: 'Decide later',
  'many-title': 'Stopped by the blocks',
  'many-lead':
    'Nothing left by itself. In each conversation what was stopped can be sent or discarded, one by one.',
  'many-count_one': '{{count, number}} stopped message',
  'many-count_other': '{{count, number}} stopped messages',
  'many-failed': 'What the blocks stopped could not be read. Each conversation shows its own.',
  'many-none': 'No message that the blocks stopped is waiting.',
  decide: 'Decide',
  'decide-name': 'Decide about the stopped messages of {{name}}',
  send: 'Send now',
  'send-name': 'Send now: {{text}}',
  discard: 'Discard',
  'discard-name': 'Discard: {{text}}',
  'written-by': '{{name}}, {{at}}',
  problem: {
    'stopped-message-settled': 'Somebody else has already decided about this message.',
  },
};
