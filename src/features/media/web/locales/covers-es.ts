import type { ptBR } from './covers-pt-br.ts';

export const es: typeof ptBR = {
  hidden: {
    image: 'Imagen oculta',
    sticker: 'Sticker oculto',
    video: 'Video oculto',
    document: 'Documento oculto',
    audio: 'Audio oculto',
    voice: 'Mensaje de voz oculto',
  },
  show: 'Mostrar',
  hide: 'Ocultar',
  why: 'Oculta hasta que la pidas, con todo lo que vino con ella. El pedido queda registrado.',
  always: 'Mostrar siempre de este contacto',
  'always-done': 'Lo que este contacto envíe a partir de ahora llega a la vista.',
  'always-undone': 'Lo que este contacto envíe vuelve a llegar como de costumbre.',
  undo: 'Deshacer',
  settings: 'Medios ocultos',
  'settings-lead': 'Lo que llega oculto hasta que alguien pide verlo, y lo que queda en su lugar.',
  problem: {
    'contact-flagged': 'Este contacto está marcado: lo que envía llega siempre oculto.',
    'media-withheld': 'Este medio no se puede mostrar ahora.',
  },
};
