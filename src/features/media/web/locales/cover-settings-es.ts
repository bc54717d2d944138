import type { ptBR } from './cover-settings-pt-br.ts';

export const es: typeof ptBR = {
  failed: 'No se pudieron cargar las reglas de los medios ocultos',
  saved: 'Reglas de los medios ocultos guardadas',
  save: 'Guardar',
  from: {
    legend: 'De quién llegan ocultos',
    flagged: 'Solo de contactos marcados',
    strangers: 'De quien nadie respondió',
    everybody: 'De todos',
  },
  'from-hint': {
    flagged: 'De todos los demás llegan a la vista.',
    strangers:
      'Hasta que alguien del equipo responda. Una plantilla, un bot, una clave de API o un mensaje automático no son respuesta. Lo que sale de la aplicación en el teléfono sí lo es, salvo lo que sale en hasta tres segundos: es su saludo automático.',
    everybody: 'También de quien ya fue respondido, salvo los contactos que se muestran siempre.',
  },
  kinds: {
    legend: 'Qué se oculta',
    image: 'Imágenes',
    sticker: 'Stickers',
    video: 'Videos',
    document: 'Documentos',
  },
  'kinds-hint': 'El texto y el nombre del archivo se ocultan también. De contactos marcados, todo.',
  placeholder: {
    legend: 'En su lugar',
    none: 'Nada de ellos',
    blur: 'Una mancha gris',
  },
  'placeholder-hint':
    'La mancha se hace en el servidor con pocos tonos de gris. La imagen sale del servidor solo cuando alguien la pide.',
  later:
    'Vale para lo que llegue a partir de ahora. Lo oculto sigue así hasta que alguien lo pida.',
  own: {
    title: 'Medios recibidos',
    switch: 'Cubrir todos los medios recibidos',
    hint: 'Imágenes, stickers, videos y documentos quedan ocultos para ti hasta que los pidas, aunque el espacio de trabajo los muestre.',
    on: 'Todos los medios recibidos están ocultos para ti',
    off: 'Los medios recibidos siguen al espacio de trabajo',
  },
  contact: {
    title: 'Medios de este contacto',
    usual: 'Como de costumbre',
    'usual-hint': 'Sigue las reglas del espacio de trabajo.',
    shown: 'Siempre a la vista',
    'shown-hint': 'Lo que envía no se oculta.',
    flagged: 'Marcado',
    'flagged-hint': 'Lo que envía se oculta siempre.',
    'flagged-by-removal': 'Marcado porque algo suyo fue eliminado. Lo que envía se oculta siempre.',
    always: 'Mostrar siempre de este contacto',
    'stop-always': 'Volver a la costumbre',
    flag: 'Marcar: ocultar siempre',
    unflag: 'Quitar la marca',
  },
};
