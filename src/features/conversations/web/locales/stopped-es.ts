import type { ptBR } from './stopped-pt-br.ts';

export const es: typeof ptBR = {
  title: 'Detenidos por el bloqueo',
  'dialog-title': 'Mensajes detenidos por el bloqueo de {{name}}',
  count_one: '{{count, number}} mensaje quedó detenido por el bloqueo y no se envió.',
  count_other: '{{count, number}} mensajes quedaron detenidos por el bloqueo y no se enviaron.',
  hint: 'Nada sale solo: envía ahora o descarta, uno por uno.',
  later: 'Decidir después',
  'many-title': 'Detenidos por los bloqueos',
  'many-lead':
    'Nada salió solo. En cada conversación, los mensajes detenidos se pueden enviar o descartar, uno por uno.',
  'many-count_one': '{{count, number}} mensaje detenido',
  'many-count_other': '{{count, number}} mensajes detenidos',
  'many-failed':
    'No se pudo ver lo que detuvieron los bloqueos. Cada conversación muestra lo suyo.',
  'many-none': 'No hay mensajes detenidos por los bloqueos que esperen.',
  decide: 'Decidir',
  'decide-name': 'Decidir sobre los mensajes detenidos de {{name}}',
  send: 'Enviar ahora',
  'send-name': 'Enviar ahora: {{text}}',
  discard: 'Descartar',
  'discard-name': 'Descartar: {{text}}',
  'written-by': '{{name}}, {{at}}',
  problem: {
    'stopped-message-settled': 'Otra persona ya decidió sobre este mensaje.',
  },
};
