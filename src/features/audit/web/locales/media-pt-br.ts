/** What the audit log says of covered media. */
export const mediaPtBR = {
  facts: { coveredFrom: 'oculta de', kinds: 'tipos', placeholder: 'no lugar' },
  actions: {
    revealed: 'pediu para ver uma mídia coberta',
    'cover-settings-changed': 'mudou as regras da mídia oculta',
    'contact-flagged': 'sinalizou um contato: a mídia dele chega oculta',
    'contact-unflagged': 'tirou a sinalização de um contato',
    'contact-always-shown': 'passou a mostrar sempre a mídia de um contato',
    'contact-shown-ended': 'deixou de mostrar sempre a mídia de um contato',
  },
};
