import type { ptBR } from './ask-pt-br.ts';

export const es: typeof ptBR = {
  title_one: '¿Solicitar la retirada del mensaje?',
  title_other: '¿Solicitar la retirada de {{count}} mensajes?',
  body: 'El contenido queda oculto para todo el equipo ahora mismo, hasta la decisión.',
  'body-covered':
    'El contenido ya está oculto para todo el equipo. Si hay una solicitud abierta para él, te sumas a ella.',
  'not-their-phone': 'Esto quita el contenido de nuestro historial, no del teléfono de la persona.',
  reason: 'Motivo',
  required: '(obligatorio)',
  'reason-missing': 'Elige el motivo.',
  reasons: {
    sexual: 'Contenido sexual',
    offense: 'Ofensa',
    discrimination: 'Discriminación',
    'personal-data': 'Datos personales',
    fraud: 'Estafa',
    other: 'Otro',
  },
  note: 'Observación',
  optional: '(opcional)',
  'note-hint': 'Solo la lee el equipo responsable. No repitas aquí el contenido.',
  ask: 'Solicitar retirada',
  'remove-now': 'Retirar ahora…',
  sure: {
    title_one: '¿Retirar el mensaje ahora?',
    title_other: '¿Retirar {{count}} mensajes ahora?',
    body: 'El contenido y sus copias reenviadas se borran de nuestro historial para siempre, con registro. No se puede deshacer.',
    back: 'Volver',
    remove: 'Retirar ahora',
    block: 'Bloquear también a {{name}}',
    'block-hint': 'Vale al momento, en todos los números.',
  },
  name: {
    title: '¿Solicitar la retirada del nombre?',
    body: 'El nombre queda oculto para todo el equipo ahora mismo, hasta la decisión. En su lugar aparece el número enmascarado.',
    'note-hint': 'Solo lo lee el equipo responsable. No repitas aquí el nombre.',
    'not-their-phone':
      'Si se retira, el nombre que la persona usa en WhatsApp no se vuelve a guardar. En su teléfono nada cambia.',
    done: 'Solicitud n.º {{number}} enviada. Nombre oculto para todos.',
    sure: {
      title: '¿Retirar el nombre ahora?',
      body: 'El nombre se borra de todo lo que guardamos, para siempre, con registro de quién lo retiró. No se puede deshacer.',
      block: 'Bloquear también este contacto',
    },
    removed: 'Nombre retirado. Solicitud n.º {{number}}.',
    removing: 'Solicitud n.º {{number}}: el nombre se está retirando.',
    'second-person':
      'Solicitud n.º {{number}} enviada. Nombre oculto; otra persona debe confirmar la retirada.',
  },
  done: {
    asked_one: 'Solicitud n.º {{numbers}} enviada. Contenido oculto para todos.',
    asked_other: 'Solicitudes n.º {{numbers}} enviadas. Contenido oculto para todos.',
    joined_one: 'Tu pedido está en la solicitud n.º {{numbers}}.',
    joined_other: 'Tu pedido está en las solicitudes n.º {{numbers}}.',
    blocked: 'Contacto bloqueado.',
    'blocked-before': 'El contacto ya estaba bloqueado; ese bloqueo queda como está.',
    removed: 'Contenido retirado. Solicitud n.º {{number}}.',
    removing: 'Solicitud n.º {{number}}: el contenido se está retirando.',
    'second-person':
      'Solicitud n.º {{number}} enviada. Contenido oculto; otra persona debe confirmar la retirada.',
  },
  problem: {
    'too-many-removal-requests':
      'Ya pediste la retirada de muchos mensajes en esta hora. Espera un poco o habla con la moderación.',
    'message-not-removable': 'Este mensaje ya fue retirado o no tiene contenido que retirar.',
    'message-on-its-way':
      'Este mensaje está saliendo hacia WhatsApp. Inténtalo de nuevo en un momento.',
    'removal-request-decided': 'La solicitud de este mensaje ya fue decidida.',
    'removal-request-not-found': 'Esta solicitud no existe o no se puede abrir.',
    'second-person-needed': 'Otra persona debe confirmar esta retirada.',
  },
};
