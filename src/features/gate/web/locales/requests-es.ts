import type { ptBR } from './requests-pt-br.ts';

export const es: typeof ptBR = {
  ask: 'Pedir bloqueo',
  state: 'Pedido de bloqueo',
  sent: 'Pedido enviado a la administración',
  'sent-at': 'El {{at}}',
  'sent-hint':
    'Hasta la decisión, la conversación queda fuera de tu lista, sin sonido, y los archivos del contacto quedan ocultos.',
  waiting:
    'Hay un pedido de bloqueo en análisis. Hasta la decisión, los archivos de este contacto quedan ocultos.',
  'to-decide': 'Se pidió un bloqueo. La administración decide.',
  'to-queue': 'Ver pedidos',
  approved: 'Pedido aprobado: contacto bloqueado',
  refused: 'Pedido de bloqueo rechazado',
  understood: 'Entendido',
  toast: {
    approved: '{{name}}: pedido aprobado, contacto bloqueado.',
    'approved-several_one': '{{count}} pedido tuyo de bloqueo aprobado, contacto bloqueado.',
    'approved-several_other': '{{count}} pedidos tuyos de bloqueo aprobados, contactos bloqueados.',
    refused: '{{name}}: pedido de bloqueo rechazado.',
  },
  tab: 'Pedidos',
  settings: 'Pedidos de bloqueo',
  'settings-lead': 'En cuánto tiempo la administración quiere responder a quien pide un bloqueo.',
  'none-asked': 'Ningún pedido tuyo en análisis',
  'media-held': 'Archivo oculto mientras se analiza el pedido de bloqueo',
  count_one: '{{count}} pedido de bloqueo',
  count_other: '{{count}} pedidos de bloqueo',
  overdue_one: '{{count}} pedido de bloqueo sin respuesta en el plazo',
  overdue_other: '{{count}} pedidos de bloqueo sin respuesta en el plazo',
  problem: {
    'block-request-not-found': 'Este pedido de bloqueo ya no existe.',
    'block-request-decided': 'Otra persona ya decidió este pedido.',
    'block-request-open': 'Este pedido todavía no se decidió.',
    'too-many-block-requests':
      'Hiciste muchos pedidos en la última hora. Habla con la administración.',
    'media-withheld': 'Archivo oculto mientras se analiza el pedido de bloqueo.',
  },
};
