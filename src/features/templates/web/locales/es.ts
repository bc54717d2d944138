import type { ptBR } from './pt-br.ts';

export const es: typeof ptBR = {
  open: 'Enviar plantilla',
  title: 'Enviar plantilla',
  description: 'Elija la plantilla aprobada por WhatsApp que irá a {{name}}.',
  search: 'Buscar por nombre o texto',
  list: 'Plantillas',
  sync: 'Actualizar',
  more: 'Mostrar más',
  failed: 'No se pudieron cargar las plantillas',
  'show-all': 'Mostrar todas',
  'nothing-found': 'Ninguna plantilla con «{{search}}»',
  empty: 'Ninguna plantilla aprobada',
  'never-read': 'Las plantillas aún no se leyeron de WhatsApp',
  'empty-hint':
    'Las plantillas se crean en el Administrador de WhatsApp, de Meta. Una vez aprobadas, actualice y aparecen aquí.',
  'empty-hint-agent':
    'Las plantillas se crean en el Administrador de WhatsApp, de Meta. Pida a la administración que cree una.',
  unfillable_one:
    '{{count}} plantilla aprobada no está en esta lista: tiene partes que Guarita no rellena, como carrusel, formulario o catálogo.',
  unfillable_other:
    '{{count}} plantillas aprobadas no están en esta lista: tienen partes que Guarita no rellena, como carrusel, formulario o catálogo.',
  back: 'Otra plantilla',
  send: 'Enviar plantilla',
  unsure: 'No sabemos si se envió. Envíe de nuevo: nada sale dos veces.',
  preview: 'Cómo la verá {{name}}',
  'nothing-to-fill': 'Esta plantilla no tiene nada que completar.',
  example: 'Por ejemplo: {{example}}',
  buttons: 'Botones:',
  category: {
    utility: 'Utilidad',
    marketing: 'Marketing',
    authentication: 'Autenticación',
    other: 'Otra',
  },
  header: { image: 'Imagen', video: 'Video', document: 'Documento', location: 'Ubicación' },
  field: {
    number: 'Campo {{name}}',
    header: 'Campo del título',
    'header-named': '{{name}} (en el título)',
    button: 'Botón «{{name}}»',
  },
  place: {
    latitude: 'Latitud',
    longitude: 'Longitud',
    name: 'Nombre del lugar (opcional)',
    address: 'Dirección (opcional)',
  },
  file: {
    image: 'Imagen de la plantilla',
    video: 'Video de la plantilla',
    document: 'Documento de la plantilla',
    choose: 'Elegir archivo',
    uploading: 'Subiendo el archivo',
    limit: 'Hasta {{megabytes}} MB.',
    missing: 'Elija el archivo.',
  },
  fault: {
    missing: 'Complete este campo.',
    spaces: 'WhatsApp no acepta más de cuatro espacios seguidos.',
    'too-long': 'El texto es demasiado largo.',
    'no-number': 'Escriba un número válido, por ejemplo -23,55.',
  },
  'window-closed-hint':
    'WhatsApp acepta mensajes libres solo hasta 24 horas después de que la persona escribe. Envíe una plantilla aprobada; cuando {{name}} responda, escriba aquí.',
  failure: {
    'whatsapp-132000': 'No enviado: los campos no son los que pide la plantilla',
    'whatsapp-132001': 'No enviado: la plantilla ya no existe en este idioma en WhatsApp',
    'whatsapp-132005': 'No enviado: la plantilla completada quedó demasiado larga',
    'whatsapp-132007': 'No enviado: el contenido de la plantilla viola una regla de WhatsApp',
    'whatsapp-132012': 'No enviado: un campo no tiene el formato que pide la plantilla',
    'whatsapp-132015': 'No enviado: WhatsApp pausó esta plantilla por baja calidad',
    'whatsapp-132016': 'No enviado: WhatsApp desactivó esta plantilla',
    'whatsapp-132018': 'No enviado: un campo tiene un salto de línea o demasiados espacios',
  },
  problem: {
    'template-not-found': 'Esta plantilla ya no existe. Elija otra.',
    'template-not-sendable': 'Esta plantilla no se puede enviar ahora. Elija otra.',
    'template-parameters': 'Algún campo no está como WhatsApp lo pide. Revise y envíe de nuevo.',
    'templates-not-read':
      'No se pudieron leer las plantillas de WhatsApp. Las de antes siguen aquí.',
    'upload-of-another-kind': 'La plantilla pide otro tipo de archivo.',
    'upload-not-found': 'El archivo ya no está aquí. Elíjalo de nuevo.',
    'file-too-large': 'El archivo supera el tamaño que acepta WhatsApp.',
    'file-type-not-accepted': 'WhatsApp no acepta este tipo de archivo.',
    'file-empty': 'El archivo está vacío.',
  },
};
