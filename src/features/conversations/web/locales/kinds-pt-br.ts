export const ptBR = {
  call: {
    rings: 'Ligação de voz tocando',
    'under-way': 'Ligação de voz em andamento',
    'not-taken': 'Ligação de voz não atendida',
  },
};
