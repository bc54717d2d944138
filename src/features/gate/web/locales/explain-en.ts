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
    listed:
      'On a list of another unit: the first message will be dropped already and will open the block.',
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
  impact: {
    title: 'What this block will stop',
    loading: 'Checking what will be stopped…',
    failed: 'It could not be checked now. The block works all the same.',
    nowhere: 'No conversation on any number.',
    conversation: '{{channel}}: {{state}}',
    open: 'open conversation',
    resolved: 'resolved conversation',
    'nothing-waits': 'Nothing is waiting to be sent.',
    ways: {
      message_one: '{{count, number}} message waiting to be sent will not leave.',
      message_other: '{{count, number}} messages waiting to be sent will not leave.',
      'read-mark_one': '{{count, number}} read mark will not leave.',
      'read-mark_other': '{{count, number}} read marks will not leave.',
    },
    layer: {
      now: 'at WhatsApp, applies now',
      later: 'at WhatsApp, only once the person writes again',
      off: 'WhatsApp layer switched off',
      'not-supported': 'at WhatsApp, not available for this contact',
      'not-connected': 'number disconnected',
    },
  },
  problem: {
    'identity-not-readable': 'This looks neither like a number nor like a WhatsApp id.',
  },
};
