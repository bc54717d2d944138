import type { SameKeys } from '../i18n/languages.ts';
import type { ptBR } from './pt-br.ts';

export const en: SameKeys<typeof ptBR> = {
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  search: 'Search',
  notices: 'Notices',
  loading: 'Loading…',
  'try-again': 'Try again',
  'more-failed': 'The rest did not load.',
  'part-failed': 'This part could not be opened.',
  'learn-more': 'How this works',
  'new-tab': '(opens in a new tab)',
  reload: 'Reload',
  'part-offline': 'This cannot be opened without a connection. Try again when it is back.',
  'request-id': 'Error code: {{id}}',
  'connection-lost': 'No connection. Reconnecting…',
  today: 'today',
  yesterday: 'yesterday',
  problem: {
    network: 'The server could not be reached. Check the connection and try again.',
    unexpected: 'Something went wrong on our side. Try again in a moment.',
    'internal-error': 'Something went wrong on our side. Try again in a moment.',
    unavailable: 'The server is busy. Try again in a moment.',
    'too-many-requests': 'Too many requests in a short time. Wait a moment and try again.',
    'not-found': 'This no longer exists or cannot be opened.',
    'invalid-request': 'Check what was filled in and try again.',
  },
};
