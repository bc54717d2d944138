import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { ptBR } from './notice-pt-br.ts';

export const en: SameKeys<typeof ptBR> = {
  nav: 'Removals',
  count_one: '{{count}} removal request waiting',
  count_other: '{{count}} removal requests waiting',
  overdue_one: '{{count}} removal request overdue',
  overdue_other: '{{count}} removal requests overdue',
  decided_one: '{{count}} decision to read',
  decided_other: '{{count}} decisions to read',
  open: 'View',
  toast: {
    removed: 'Removal request no. {{number}}: content removed.',
    partly: 'Removal request no. {{number}}: part of the content was removed.',
    refused: 'Removal request no. {{number}}: the content was kept.',
    several: '{{number}} of your removal requests were decided.',
  },
  settings: 'Removal requests',
  'settings-lead': 'How soon they are decided, and when two people have to agree.',
};
