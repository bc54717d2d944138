import type { ptBR } from './withheld-pt-br.ts';

export const en: typeof ptBR = {
  covered: 'Content hidden',
  'covered-why': 'Waiting for the responsible team to decide',
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
