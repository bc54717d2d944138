import type { ptBR } from './erase-pt-br.ts';

export const es: typeof ptBR = {
  zone: 'Privacidad',
  open: 'Borrar los datos de la persona…',
  hint: 'Para quien pidió que se borren sus datos (LGPD).',
  title: '¿Borrar los datos de {{name}}?',
  body: 'No se puede deshacer.',
  goes: 'Lo que se borra para siempre',
  'goes-list': {
    history: 'Las conversaciones: mensajes, fotos, audios y archivos, con las copias reenviadas',
    who: 'Los nombres y todos los números y cuentas de la persona',
    notes: 'Observaciones, pedidos de bloqueo y solicitudes de retirada sobre ella',
  },
  stays: 'Lo que queda',
  'stays-list': {
    counts:
      'Recuentos en los informes y el registro de auditoría, sin el nombre y sin el número entero',
    blocked:
      'El bloqueo: de cada número y cuenta queda solo un código que no se puede leer. Con él la persona sigue bloqueada',
    phone: 'Lo que está en el teléfono de la persona y en WhatsApp',
  },
  'new-contact': 'Si la persona vuelve a escribir, aparece como un contacto nuevo.',
  word: 'borrar',
  type: 'Escribe “{{word}}” para confirmar',
  'type-missing': 'Escribe “{{word}}”, sin comillas.',
  erase: 'Borrar datos',
  done: 'Datos de la persona borrados.',
  problem: {
    'contact-erased': 'Los datos de esta persona ya se borraron.',
    'contact-on-wire':
      'Un mensaje está saliendo hacia esta persona. Inténtalo de nuevo en un instante.',
    'message-on-its-way':
      'Una copia reenviada de los mensajes está saliendo hacia otra persona. Inténtalo de nuevo en un instante.',
  },
};
