import type { ptBR } from './retention-pt-br.ts';

export const es: typeof ptBR = {
  title: 'Conservación de mensajes',
  lead: 'Cuánto tiempo se guardan las conversaciones.',
  failed: 'No se pudo cargar este ajuste',
  switch: 'Borrar mensajes antiguos',
  'switch-hint':
    'Apagado, todo queda guardado. Contactos, bloqueos y registros de auditoría no se borran.',
  days: 'Días que se guardan',
  'days-hint': 'De 30 a 3650. Los mensajes y archivos más antiguos se borran cada noche.',
  'days-wrong': 'Escriba un número de 30 a 3650.',
  save: 'Guardar',
  saved: 'Ajuste guardado.',
  'confirm-title_one': '¿Borrar lo que tiene más de {{count}} día?',
  'confirm-title_other': '¿Borrar lo que tiene más de {{count}} días?',
  confirm_one:
    'La próxima noche, y todas las siguientes, los mensajes y archivos con más de {{count}} día se borran para siempre. Esto no se puede deshacer.',
  confirm_other:
    'La próxima noche, y todas las siguientes, los mensajes y archivos con más de {{count}} días se borran para siempre. Esto no se puede deshacer.',
  'confirm-action': 'Borrar mensajes antiguos',
};
