import type { ptBR } from './stopped-pt-br.ts';

export const en: typeof ptBR = {
  title: 'Stopped by the block',
  'dialog-title': 'Messages that the block of {{name}} stopped',
  count_one: '{{count, number}} message was stopped by the block and was not sent.',
  count_other: '{{count, number}} messages were stopped by the block and were not sent.',
  hint: 'Nothing leaves by itself: send now or discard, one by one.',
  later: 'Decide later',
  send: 'Send now',
  'send-name': 'Send now: {{text}}',
  discard: 'Discard',
  'discard-name': 'Discard: {{text}}',
  'written-by': '{{name}}, {{at}}',
  problem: {
    'stopped-message-settled': 'Somebody else has already decided about this message.',
  },
};
