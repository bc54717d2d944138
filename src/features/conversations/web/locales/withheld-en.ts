import type { ptBR } from './withheld-pt-br.ts';

export const en: typeof ptBR = {
  covered: 'Content hidden',
  'covered-why': 'Waiting for the responsible team to decide',
  'covered-repeat':
    'The same was removed before: {{reason}}. Waiting for the responsible team to decide',
  reasons: {
    sexual: 'sexual content',
    offense: 'offense or threat',
    discrimination: 'discrimination',
    'personal-data': 'personal data',
    fraud: 'fraud',
    other: 'another reason',
  },
  removed: 'Content removed by the responsible team',
  number: 'Request no. {{number}}',
  short: { covered: 'Hidden message', removed: 'Content removed' },
  select: {
    start: 'Select',
    message: 'Select message: {{text}}',
    bar: 'Selected messages',
    none: 'None selected',
    count_one: '{{count}} selected',
    count_other: '{{count}} selected',
    limit: 'Up to {{max}} messages at a time',
    leave: 'Leave selection',
  },
};
