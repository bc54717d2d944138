import type { ptBR } from './bulk-block-pt-br.ts';

export const en: typeof ptBR = {
  button: 'Block selected',
  title_one: 'Block {{count, number}} contact?',
  title_other: 'Block {{count, number}} contacts?',
  body: 'Nobody on the team can send or forward messages to these contacts, and what they send is neither delivered nor kept. You can undo it whenever you like.',
  meant: 'Chosen contacts',
  waiting: 'Waiting for messages that were on their way…',
  done_one: '{{count, number}} contact blocked',
  done_other: '{{count, number}} contacts blocked',
  'not-done': 'Not all were blocked',
  failed: {
    'contact-not-found_one': '{{count, number}} does not exist any more or was merged.',
    'contact-not-found_other': '{{count, number}} do not exist any more or were merged.',
    'contact-already-blocked_one': '{{count, number}} was blocked already and stays as it was.',
    'contact-already-blocked_other':
      '{{count, number}} were blocked already and stay as they were.',
    'block-end-in-the-past_one': '{{count, number}} was not blocked: the end has passed.',
    'block-end-in-the-past_other': '{{count, number}} were not blocked: the end has passed.',
    other_one: '{{count, number}} was not blocked. Try again.',
    other_other: '{{count, number}} were not blocked. Try again.',
  },
  close: 'Close',
};
