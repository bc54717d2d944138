import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { ptBR } from './kinds-pt-br.ts';

export const es: SameKeys<typeof ptBR> = {
  call: {
    rings: 'Llamada de voz sonando',
    'under-way': 'Llamada de voz en curso',
    'not-taken': 'Llamada de voz no atendida',
  },
};
