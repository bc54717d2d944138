import type { SameKeys } from '#platform/web/i18n/languages.ts';
import type { removalsPtBR } from './removals-pt-br.ts';

export const removalsEs: SameKeys<typeof removalsPtBR> = {
  facts: {
    blocked: 'bloqueos',
    lifted: 'desbloqueos',
    trouble: 'causa',
    number: 'número',
    decideWithinHours: 'horas para decidir',
    twoPersonReasons: 'dos personas para',
  },
  values: {
    journal: 'por el diario',
    absent: 'diario ausente',
    behind: 'diario más antiguo que la base',
    damaged: 'diario alterado',
    sexual: 'contenido sexual',
    'personal-data': 'datos personales',
  },
  actions: {
    asked: 'pidió eliminar contenido',
    joined: 'se sumó a una solicitud de eliminación',
    'opened-at-sight': 'hizo eliminar contenido que encontró',
    assigned: 'pasó una solicitud de eliminación a alguien',
    'given-back': 'devolvió una solicitud de eliminación',
    commented: 'comentó una solicitud de eliminación',
    revealed: 'miró contenido oculto',
    'removal-proposed': 'propuso eliminar un mensaje',
    'message-removed': 'eliminó un mensaje',
    'message-removed-again': 'retiró de nuevo un mensaje, según el diario',
    'message-kept': 'conservó un mensaje',
    'print-retired': 'dijo que un contenido no es el mismo que se eliminó',
    'name-asked': 'pidió eliminar el nombre de un contacto',
    'name-revealed': 'miró un nombre oculto',
    'name-proposed': 'propuso eliminar el nombre de un contacto',
    'name-removed': 'eliminó el nombre de un contacto',
    'person-erased': 'borró los datos de una persona',
    'name-kept': 'conservó el nombre de un contacto',
    finished: 'terminó una eliminación',
    retried: 'intentó de nuevo terminar una eliminación',
    'settings-changed': 'cambió las reglas de las solicitudes de eliminación',
  },
};
