import type { ptBR } from './request-desk-pt-br.ts';

export const es: typeof ptBR = {
  ask: {
    title: '¿Pedir el bloqueo de {{name}}?',
    body: 'La administración recibe el pedido y decide. Hasta entonces, la conversación sale de tu lista, sin sonido, y los archivos del contacto quedan ocultos.',
    'note-hint': 'La ve solo la administración.',
    attached: 'Los últimos mensajes del contacto van juntos, como referencia.',
  },
  queue: {
    which: 'Solicitudes por situación',
    open: 'En espera',
    decided: 'Decididas',
    'empty-decided': 'Todavía no se ha decidido ninguna solicitud.',
    title: 'Pedidos de bloqueo',
    empty: 'Ningún pedido de bloqueo en espera.',
    'empty-hint': 'Cuando alguien del equipo pida un bloqueo, aparece aquí.',
    failed: 'No se pudieron cargar los pedidos de bloqueo.',
    more: 'Cargar más',
    askers: 'Quién pide',
    'asked-by': 'pedido por {{name}} el {{at}}',
    'show-messages_one': 'Leer el último mensaje',
    'show-messages_other': 'Leer los últimos {{count}} mensajes',
    'hide-messages': 'Esconder mensajes',
  },
  decided: {
    approved: 'Aprobada',
    refused: 'Rechazada',
    by: 'Decidida por {{name}} el {{at}}',
    at: 'Decidida el {{at}}',
  },
  waited: {
    since: 'hace {{time}}',
    unanswered: 'sin respuesta desde hace {{time}}',
    less: 'menos de 1 h',
    hours: '{{count}} h',
    days_one: '{{count}} día',
    days_other: '{{count}} días',
  },
  approve: { action: 'Aprobar…', confirm: 'Bloquear contacto' },
  refuse: {
    action: 'Rechazar…',
    title: '¿Rechazar el bloqueo de {{name}}?',
    body: 'El contacto sigue como está, y la conversación vuelve a la lista de quien lo pidió.',
    answer: 'Respuesta',
    'answer-hint': 'La lee quien pidió el bloqueo.',
    confirm: 'Rechazar pedido',
    done: '{{name}}: pedido rechazado',
  },
  settings: {
    failed: 'No se pudo leer el plazo de los pedidos.',
    hours: 'Plazo en horas',
    'hours-hint':
      'Un pedido sin respuesta después de ese plazo se recuerda a la administración, y de nuevo en cada plazo. De 1 a 720.',
    'hours-wrong': 'Escribe un número entero de 1 a 720.',
    save: 'Guardar',
    saved: 'Plazo guardado',
  },
};
