import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { whyPtBR } from './why-pt-br.ts';

/** Why it was decided so. */
export const whyEs: SameKeys<typeof whyPtBR> = {
  remove: 'Por qué sale',
  keep: 'Por qué se queda',
  missing: 'Di por qué se queda.',
  because: 'Motivo: {{reason}}',
  kept: {
    'no-breach': 'No infringe las reglas',
    needed: 'Es necesario: prueba o trabajo',
    'by-mistake': 'Pedido por error',
    'not-the-same': 'No es el mismo',
    other: 'Otro',
  },
};
