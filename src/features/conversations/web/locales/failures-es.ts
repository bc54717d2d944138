import type { ptBR } from './failures-pt-br.ts';

export const es: typeof ptBR = {
  access: 'No enviado: el acceso a WhatsApp no tiene permiso para esto. Avisa a la administración',
  trouble: 'No enviado: WhatsApp tiene problemas. Inténtalo más tarde',
  busy: 'No enviado: WhatsApp pidió esperar. Inténtalo más tarde',
  number:
    'No enviado: el número de la empresa no está activo en WhatsApp. Avisa a la administración',
  invalid: 'No enviado: WhatsApp no aceptó algún dato del mensaje',
  restricted:
    'No enviado: WhatsApp restringió la cuenta por infringir una regla. Avisa a la administración',
  experiment: 'No entregado: WhatsApp no entrega ofertas a esta persona, por un experimento suyo',
  country: 'No enviado: la empresa no puede enviar mensajes a este país',
  self: 'No enviado: este es el propio número de la empresa',
  'test-number': 'No enviado: el número de prueba solo envía a números autorizados',
  'display-name':
    'No enviado: el nombre de la empresa aún no está aprobado en WhatsApp. Avisa a la administración',
  marketing: 'No entregado: la persona no quiere recibir ofertas de esta empresa',
  'marketing-off':
    'No enviado: las plantillas de marketing están desactivadas en esta cuenta de WhatsApp',
  'media-unread': 'No enviado: WhatsApp no pudo descargar el archivo',
  'media-refused': 'No enviado: WhatsApp no aceptó el archivo',
  unavailable: 'No enviado: este mensaje ya no está disponible en WhatsApp',
  'needs-phone': 'No enviado: el número de esta persona está oculto, y este mensaje lo necesita',
  flow: 'No enviado: WhatsApp bloqueó el formulario de este mensaje',
  'payment-terms':
    'No enviado: faltan por aceptar los términos de pago de WhatsApp. Avisa a la administración',
  identity: 'No entregado: el WhatsApp de esta persona cambió de teléfono o de dueño',
  'block-list': 'No enviado: la lista de bloqueo de WhatsApp tuvo un problema',
  'file-missing': 'No enviado: el archivo ya no está guardado aquí',
  'content-covered': 'No enviado: el contenido se ocultó antes de salir',
  network: 'No enviado: no se pudo hablar con WhatsApp',
  late: 'No enviado: el mensaje esperó demasiado para salir',
  'account-unreadable':
    'No enviado: los datos de acceso de este número no se pudieron leer. Avisa a la administración',
  settled: 'No enviado, según quien lo comprobó',
  unsaid: 'No enviado: WhatsApp lo rechazó sin decir por qué',
  coded: 'No enviado: WhatsApp rechazó el mensaje (código {{code}})',
};
