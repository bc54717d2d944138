import type { ptBR } from './bulk-block-pt-br.ts';

export const es: typeof ptBR = {
  button: 'Bloquear seleccionados',
  title_one: '¿Bloquear {{count, number}} contacto?',
  title_other: '¿Bloquear {{count, number}} contactos?',
  body: 'Nadie del equipo podrá enviar ni reenviar mensajes a estos contactos, y lo que manden no se entregará ni se guardará. Puedes deshacerlo cuando quieras.',
  meant: 'Contactos elegidos',
  waiting: 'Esperando mensajes que ya estaban en camino…',
  done_one: '{{count, number}} contacto bloqueado',
  done_other: '{{count, number}} contactos bloqueados',
  'not-done': 'No todos fueron bloqueados',
  failed: {
    'contact-not-found_one': '{{count, number}} ya no existe o se unió a otro.',
    'contact-not-found_other': '{{count, number}} ya no existen o se unieron a otros.',
    'contact-already-blocked_one': '{{count, number}} ya estaba bloqueado y sigue como estaba.',
    'contact-already-blocked_other':
      '{{count, number}} ya estaban bloqueados y siguen como estaban.',
    'block-end-in-the-past_one': '{{count, number}} no fue bloqueado: el plazo ya pasó.',
    'block-end-in-the-past_other': '{{count, number}} no fueron bloqueados: el plazo ya pasó.',
    other_one: '{{count, number}} no fue bloqueado. Inténtalo de nuevo.',
    other_other: '{{count, number}} no fueron bloqueados. Inténtalo de nuevo.',
  },
  close: 'Cerrar',
};
