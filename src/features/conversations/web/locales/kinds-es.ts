import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { ptBR } from './kinds-pt-br.ts';

export const es: SameKeys<typeof ptBR> = {
  call: {
    rings: 'Llamada de voz sonando',
    'under-way': 'Llamada de voz en curso',
    'not-taken': 'Llamada de voz no atendida',
  },
  answer: { yes: 'Sí', no: 'No' },
  card: { 'own-number': 'Envió su propio número', born: 'Nacimiento: {{date}}' },
  catalog: 'Catálogo {{id}}',
  /** What WhatsApp does not hand on, by its own word for it; also in lists. */
  missing: {
    button: 'Envió un mensaje con botones',
    edit: 'Editó un mensaje',
    errors: 'Envió un mensaje que dio error en WhatsApp',
    gif: 'Envió un GIF',
    group_invite: 'Envió una invitación a un grupo',
    hsm: 'Envió una plantilla de mensaje de una empresa',
    image: 'Envió una foto que solo se abre en el celular',
    interactive: 'Envió un mensaje con botones o lista',
    keep_in_chat: 'Guardó un mensaje temporal',
    link_preview: 'Envió un enlace con vista previa',
    list: 'Envió una lista de opciones',
    location: 'Envió una ubicación que solo se abre en el celular',
    media_placeholder: 'Envió un archivo que solo se abre en el celular',
    order: 'Envió un pedido',
    pin: 'Fijó un mensaje en el celular',
    poll_creation: 'Envió una encuesta',
    poll_update: 'Votó en una encuesta',
    product: 'Envió un producto',
    reaction: 'Reaccionó a un mensaje',
    unavailable: 'Envió un mensaje que no llegó hasta aquí',
    file: 'Envió un archivo que WhatsApp no entregó',
  },
  'missing-hint': {
    other:
      'WhatsApp no entrega esto por aquí. La persona lo ve en el celular: si hace falta, pídale que lo envíe de otra forma.',
    edit: 'En este número WhatsApp no entrega el texto nuevo: vale lo que muestra el celular de la persona.',
    pin: 'Es solo un aviso: no falta nada en esta conversación.',
    keep_in_chat: 'Es solo un aviso: no falta nada en esta conversación.',
    reaction: 'WhatsApp no dijo con qué emoji ni a qué mensaje.',
    poll_update: 'WhatsApp no entrega encuestas ni votos por aquí.',
    unavailable:
      'Se escribió en un dispositivo vinculado que WhatsApp no entrega por aquí (Windows o reloj), o es el primero que vino de un anuncio. Pídale que lo envíe de nuevo desde el celular.',
    file: 'Tiene más de 100 MB, o WhatsApp no pudo obtenerlo. Pida un archivo más pequeño.',
  },
  reaction: {
    in: 'Reaccionó con {{emoji}} a: {{what}}',
    out: 'Reaccionaste con {{emoji}} a: {{what}}',
  },
};
