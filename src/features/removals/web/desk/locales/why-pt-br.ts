/** Why it was decided so. */
export const whyPtBR = {
  remove: 'Por que sai',
  keep: 'Por que fica',
  missing: 'Diga por que fica.',
  because: 'Motivo: {{reason}}',
  kept: {
    'no-breach': 'Não fere as regras',
    needed: 'É necessária: prova ou trabalho',
    'by-mistake': 'Pedida por engano',
    'not-the-same': 'Não é a mesma',
    other: 'Outro',
  },
};
