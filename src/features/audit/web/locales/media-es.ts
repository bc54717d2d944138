import type { mediaPtBR } from './media-pt-br.ts';

/** What the audit log says of covered media. */
export const mediaEs: typeof mediaPtBR = {
  facts: { coveredFrom: 'ocultos de', kinds: 'tipos', placeholder: 'en su lugar' },
  actions: {
    revealed: 'pidió ver un medio cubierto',
    'cover-settings-changed': 'cambió las reglas de los medios ocultos',
    'contact-flagged': 'marcó un contacto: sus medios llegan ocultos',
    'contact-unflagged': 'quitó la marca de un contacto',
    'contact-always-shown': 'puso los medios de un contacto siempre a la vista',
    'contact-shown-ended': 'dejó de mostrar siempre los medios de un contacto',
  },
};
