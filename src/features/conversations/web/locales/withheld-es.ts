import type { ptBR } from './withheld-pt-br.ts';

export const es: typeof ptBR = {
  covered: 'Contenido oculto',
  'covered-why': 'A la espera de la decisión del equipo responsable',
  'covered-repeat':
    'Lo mismo ya se retiró antes: {{reason}}. A la espera de la decisión del equipo responsable',
  reasons: {
    sexual: 'contenido sexual',
    offense: 'ofensa o amenaza',
    discrimination: 'discriminación',
    'personal-data': 'datos personales',
    fraud: 'fraude',
    other: 'otro motivo',
  },
  removed: 'Contenido retirado por el equipo responsable',
  number: 'Solicitud n.º {{number}}',
  short: { covered: 'Mensaje oculto', removed: 'Contenido retirado' },
  select: {
    start: 'Seleccionar',
    message: 'Seleccionar mensaje: {{text}}',
    bar: 'Mensajes seleccionados',
    none: 'Ninguno seleccionado',
    count_one: '{{count}} seleccionado',
    count_other: '{{count}} seleccionados',
    limit: 'Hasta {{max}} mensajes a la vez',
    leave: 'Salir de la selección',
  },
};
