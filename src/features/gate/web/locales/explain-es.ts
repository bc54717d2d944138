import type { ptBR } from './explain-pt-br.ts';

export const es: typeof ptBR = {
  test: {
    title: 'Probar número',
    body: 'Muestra si el contacto sería bloqueado ahora y por qué. No se crea ni se envía nada.',
    label: 'Número o identificación',
    hint: 'Con código de área, con o sin el noveno dígito; de otro país, con + y su código. O la identificación de WhatsApp (BR.…).',
    run: 'Probar',
    close: 'Cerrar',
    unreadable: 'Esto no parece un número ni una identificación de WhatsApp.',
    blocked: '{{who}} sería bloqueado.',
    'blocked-in': '{{who}}: lo que envíe se descartaría; lo que el equipo envía pasaría.',
    'blocked-out': '{{who}}: lo que el equipo envía se rechazaría; lo que envíe pasaría.',
    free: '{{who}} no sería bloqueado.',
    listed:
      'Está en una lista de otra unidad: el primer mensaje ya se descartará y abrirá el bloqueo.',
    nobody: 'Ningún contacto tiene o tuvo este número o identificación.',
    'not-blocked': 'Sin bloqueo activo.',
    through: 'Por la identidad',
    former: 'anterior',
    current: 'actual',
    block: 'Bloqueo',
    layer: 'En WhatsApp',
    kinds: {
      phone: 'Número',
      bsuid: 'Identificación de WhatsApp',
      'parent-bsuid': 'Identificación de la cuenta principal',
      lid: 'Identificación interna',
    },
  },
  impact: {
    title: 'Lo que este bloqueo interrumpe',
    loading: 'Comprobando lo que se interrumpirá…',
    failed: 'No se pudo comprobar ahora. El bloqueo funciona igual.',
    nowhere: 'Ninguna conversación en ningún número.',
    conversation: '{{channel}}: {{state}}',
    open: 'conversación abierta',
    resolved: 'conversación resuelta',
    'nothing-waits': 'Nada a la espera de envío.',
    ways: {
      message_one: '{{count, number}} mensaje a la espera de envío no saldrá.',
      message_other: '{{count, number}} mensajes a la espera de envío no saldrán.',
      'read-mark_one': '{{count, number}} confirmación de lectura no saldrá.',
      'read-mark_other': '{{count, number}} confirmaciones de lectura no saldrán.',
    },
    layer: {
      now: 'en WhatsApp, se aplica ahora',
      later: 'en WhatsApp, solo cuando la persona escriba de nuevo',
      off: 'capa de WhatsApp desactivada',
      'not-supported': 'en WhatsApp, no disponible para este contacto',
      'not-connected': 'número desconectado',
    },
  },
  problem: {
    'identity-not-readable': 'Esto no parece un número ni una identificación de WhatsApp.',
  },
};
