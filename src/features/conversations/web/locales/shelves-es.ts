import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { ptBR } from './shelves-pt-br.ts';

export const es: SameKeys<typeof ptBR> = {
  label: 'Medios de la conversación',
  visual: 'Fotos y videos',
  document: 'Documentos',
  none: {
    visual: 'Ninguna foto ni video en esta conversación.',
    document: 'Ningún documento en esta conversación.',
  },
  failed: 'No se pudieron cargar los medios',
  more: 'Mostrar más',
  go: 'Ir al mensaje',
};
