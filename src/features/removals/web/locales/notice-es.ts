import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { ptBR } from './notice-pt-br.ts';

export const es: SameKeys<typeof ptBR> = {
  nav: 'Solicitudes',
  count_one: '{{count}} solicitud en espera',
  count_other: '{{count}} solicitudes en espera',
  overdue_one: '{{count}} solicitud atrasada',
  overdue_other: '{{count}} solicitudes atrasadas',
  decided_one: '{{count}} decisión por leer',
  decided_other: '{{count}} decisiones por leer',
  open: 'Ver',
  toast: {
    removed: 'Solicitud n.º {{number}}: contenido retirado.',
    partly: 'Solicitud n.º {{number}}: parte del contenido se retiró.',
    refused: 'Solicitud n.º {{number}}: el contenido se mantuvo.',
    several: 'Se decidieron {{number}} de tus solicitudes.',
  },
  settings: 'Solicitudes de retirada',
  'settings-lead': 'En cuánto tiempo se deciden, y cuándo dos personas deben estar de acuerdo.',
};
