import type { ptBR } from './explain-pt-br.ts';

export const en: typeof ptBR = {
  test: {
    title: 'Test a number',
    body: 'Shows whether the contact would be blocked now, and why. Nothing is created or sent.',
    label: 'Number or id',
    hint: 'With area code, with or without the ninth digit; from another country, with + and its code. Or the WhatsApp id (BR.…).',
    run: 'Test',
    close: 'Close',
    unreadable: 'This looks neither like a number nor like a WhatsApp id.',
    blocked: '{{who}} would be blocked.',
    'blocked-in': '{{who}}: what they send would be dropped; what the team sends would pass.',
    'blocked-out': '{{who}}: what the team sends would be refused; what they send would pass.',
    free: '{{who}} would not be blocked.',
    nobody: 'No contact has or had this number or id.',
    'not-blocked': 'No active block.',
    through: 'Through the identity',
    former: 'former',
    current: 'current',
    block: 'Block',
    layer: 'At WhatsApp',
    kinds: {
      phone: 'Number',
      bsuid: 'WhatsApp id',
      'parent-bsuid': 'Id of the parent account',
      lid: 'Internal id',
    },
  },
  problem: {
    'identity-not-readable': 'This looks neither like a number nor like a WhatsApp id.',
  },
};
