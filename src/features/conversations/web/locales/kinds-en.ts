import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { ptBR } from './kinds-pt-br.ts';

export const en: SameKeys<typeof ptBR> = {
  call: {
    rings: 'Voice call ringing',
    'under-way': 'Voice call under way',
    'not-taken': 'Voice call not answered',
  },
};
