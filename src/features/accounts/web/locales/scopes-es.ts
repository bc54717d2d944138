import type { ptBR } from './scopes-pt-br.ts';

export const es: typeof ptBR = {
  what: 'Qué puede hacer',
  none: 'Elige al menos un permiso.',
  everything: 'todo lo del rol',
  few_one: '{{count, number}} permiso',
  few_other: '{{count, number}} permisos',
  all: 'Marcar todos',
  no: 'Desmarcar todos',
  bound: 'Nunca más de lo que permite el rol.',
  words: {
    'conversations-read': 'Leer conversaciones y mensajes',
    'conversations-write': 'Enviar mensajes y cuidar las conversaciones',
    'contacts-read': 'Ver contactos',
    'contacts-write': 'Cambiar y unir contactos',
    'blocks-read': 'Ver bloqueos: motivo, quién, intentos',
    'blocks-write': 'Bloquear y desbloquear',
    'requests-write': 'Pedir bloqueos y ver los pedidos propios',
    'requests-decide': 'Decidir pedidos de bloqueo',
    'team-read': 'Ver quién está en el equipo',
    'team-write': 'Ver y quitar personas',
    'channels-write': 'Cuidar los canales y la lista de WhatsApp',
    'settings-write': 'Cambiar ajustes del espacio de trabajo',
    'keys-write': 'Ver y revocar claves de API',
    'webhooks-write': 'Ver el registro de webhooks y enviar de nuevo',
    'audit-read': 'Leer la auditoría',
  },
};
