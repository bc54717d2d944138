import type { SameKeys } from '../i18n/languages.ts';
import type { ptBR } from './pt-br.ts';

export const es: SameKeys<typeof ptBR> = {
  close: 'Cerrar',
  cancel: 'Cancelar',
  save: 'Guardar',
  search: 'Buscar',
  notices: 'Avisos',
  loading: 'Cargando…',
  'try-again': 'Intentar de nuevo',
  'more-failed': 'El resto no cargó.',
  'part-failed': 'Esta parte no se pudo abrir.',
  'learn-more': 'Cómo funciona',
  'new-tab': '(se abre en otra pestaña)',
  reload: 'Recargar',
  'part-offline': 'Esto no se puede abrir sin conexión. Inténtalo de nuevo cuando vuelva.',
  'request-id': 'Código del error: {{id}}',
  'connection-lost': 'Sin conexión. Reconectando…',
  today: 'hoy',
  yesterday: 'ayer',
  problem: {
    network: 'No se pudo hablar con el servidor. Revisa la conexión e inténtalo de nuevo.',
    unexpected: 'Algo salió mal de nuestro lado. Inténtalo de nuevo en un momento.',
    'internal-error': 'Algo salió mal de nuestro lado. Inténtalo de nuevo en un momento.',
    unavailable: 'El servidor está ocupado. Inténtalo de nuevo en un momento.',
    'too-many-requests':
      'Demasiadas solicitudes en poco tiempo. Espera un momento e inténtalo de nuevo.',
    'not-found': 'Esto ya no existe o no se puede abrir.',
    'invalid-request': 'Revisa lo que se completó e inténtalo de nuevo.',
  },
};
