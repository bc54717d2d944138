import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { ptBR } from './compose-pt-br.ts';

export const es: SameKeys<typeof ptBR> = {
  text: 'Mensaje',
  header: 'Título (opcional)',
  footer: 'Pie (opcional)',
  send: 'Enviar',
  over_one: 'Hasta {{max, number}} caracteres: {{count}} de más.',
  over_other: 'Hasta {{max, number}} caracteres: {{count}} de más.',
  fault: {
    'text-missing': 'Escriba el mensaje.',
    'button-missing': 'Escriba al menos un botón.',
    'button-doubled': 'Otro botón ya dice eso.',
    'word-missing': 'Escriba lo que dice el botón, como “Ver opciones”.',
    'row-missing': 'Escriba al menos una opción.',
    'row-unnamed': 'Dé un nombre a la opción.',
    'section-unnamed': 'Con más de una sección, cada una necesita un título.',
  },
  buttons: {
    title: 'Enviar botones',
    description: 'La persona toca un botón para responder.',
    button: 'Botón {{n}}',
    add: 'Agregar botón',
    remove: 'Quitar el botón {{n}}',
    full: 'Son hasta tres botones.',
  },
  list: {
    title: 'Enviar lista',
    description: 'La persona abre la lista y elige una opción.',
    word: 'Botón que abre la lista',
    section: 'Sección {{n}}',
    'section-title': 'Título de la sección {{n}}',
    row: 'Opción {{n}}',
    'row-description': 'Descripción de la opción {{n}} (opcional)',
    'add-row': 'Agregar opción',
    'remove-row': 'Quitar la opción {{n}}',
    'add-section': 'Agregar sección',
    'remove-section': 'Quitar la sección {{n}}',
    full: 'Son hasta diez opciones en toda la lista.',
  },
};
