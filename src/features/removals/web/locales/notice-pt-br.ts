/** Of removal requests, what every screen needs: the count at the rail, and what was decided. */
export const ptBR = {
  nav: 'Solicitações',
  count_one: '{{count}} solicitação à espera',
  count_other: '{{count}} solicitações à espera',
  overdue_one: '{{count}} solicitação atrasada',
  overdue_other: '{{count}} solicitações atrasadas',
  decided_one: '{{count}} decisão a ler',
  decided_other: '{{count}} decisões a ler',
  open: 'Ver',
  toast: {
    removed: 'Solicitação nº {{number}}: conteúdo removido.',
    partly: 'Solicitação nº {{number}}: parte do conteúdo foi removida.',
    refused: 'Solicitação nº {{number}}: o conteúdo foi mantido.',
    several: '{{number}} das suas solicitações foram decididas.',
  },
  settings: 'Solicitações de remoção',
  'settings-lead': 'Em quanto tempo se decide, e quando duas pessoas precisam concordar.',
};
