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
  problem: {
    'identity-not-readable': 'Esto no parece un número ni una identificación de WhatsApp.',
  },
};
