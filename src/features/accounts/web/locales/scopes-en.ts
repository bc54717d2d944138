import type { ptBR } from './scopes-pt-br.ts';

export const en: typeof ptBR = {
  what: 'What it may do',
  none: 'Choose at least one permission.',
  everything: 'everything of the role',
  few_one: '{{count, number}} permission',
  few_other: '{{count, number}} permissions',
  all: 'Choose all',
  no: 'Choose none',
  bound: 'Never more than the role may.',
  words: {
    'conversations-read': 'Read conversations and messages',
    'conversations-write': 'Send messages and look after conversations',
    'contacts-read': 'See contacts',
    'contacts-write': 'Change and merge contacts',
    'blocks-read': 'See blocks: reason, who, attempts',
    'blocks-write': 'Block and unblock',
    'requests-write': 'Ask for blocks and see the own requests',
    'requests-decide': 'Decide block requests',
    'team-read': 'See who is in the team',
    'team-write': 'See and remove people',
    'channels-write': "Look after channels and WhatsApp's list",
    'settings-write': 'Change settings of the workspace',
    'keys-write': 'See and revoke API keys',
    'webhooks-write': 'See the webhook log and send again',
    'audit-read': 'Read the audit log',
  },
};
