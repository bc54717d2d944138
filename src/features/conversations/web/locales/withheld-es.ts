import type { ptBR } from './withheld-pt-br.ts';

export const es: typeof ptBR = {
  covered: 'Contenido oculto',
  'covered-why': 'A la espera de la decisión del equipo responsable',
  removed: 'Contenido retirado por el equipo responsable',
  number: 'n.º {{number}}',
  'number-long': 'Solicitud n.º {{number}}',
  short: { covered: 'Mensaje oculto', removed: 'Contenido retirado' },
  select: {
    start: 'Seleccionar',
    message: 'Seleccionar mensaje: {{text}}',
    bar: 'Mensajes seleccionados',
    none: 'Ningún mensaje seleccionado',
    count_one: '{{count}} mensaje seleccionado',
    count_other: '{{count}} mensajes seleccionados',
    limit: 'Hasta {{max}} mensajes a la vez',
    leave: 'Salir de la selección',
  },
};
