import type { ptBR } from './notifications-pt-br.ts';

export const es: typeof ptBR = {
  title: 'Notificaciones',
  lead: 'Avisan, fuera de la pestaña, de un mensaje en una conversación tuya o de la cola que no estás mirando. Valen solo para este navegador, con Guarita abierto. Desaparecen cuando la conversación se lee, el contenido se oculta o el contacto se bloquea.',
  switch: 'Mostrar notificaciones',
  state: {
    default: 'Al activarlas, el navegador pregunta si Guarita puede mostrar notificaciones.',
    asking: 'Responde a la pregunta del navegador, cerca de la barra de direcciones.',
    'not-answered':
      'La pregunta del navegador quedó sin respuesta. Actívalas de nuevo para que pregunte.',
    granted: 'El navegador permite notificaciones de Guarita.',
    denied:
      'El navegador no permite notificaciones de Guarita. Para cambiarlo, haz clic en el icono junto a la dirección, abre los permisos del sitio y permite las notificaciones.',
    insecure:
      'El navegador solo muestra notificaciones de direcciones seguras, que empiezan por https. Habla con quien cuida del servidor.',
    unsupported: 'Este navegador no muestra notificaciones de páginas.',
  },
  text: 'Mostrar el texto del mensaje',
  'text-hint':
    'Desactivado, solo dicen de quién es el mensaje. De un archivo solo dicen el tipo, nunca la imagen, el pie ni el nombre.',
  example: {
    show: 'Ver un ejemplo',
    hint: 'Si no aparece nada, mira si el sistema del ordenador permite notificaciones del navegador.',
    failed: 'El navegador no mostró la notificación. Inténtalo de nuevo.',
    title: 'Guarita',
    body: 'Así aparece una notificación.',
  },
};
