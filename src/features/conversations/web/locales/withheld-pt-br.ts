/** What is said in the place of content that is covered or was removed, and of choosing messages. */
export const ptBR = {
  covered: 'Conteúdo ocultado',
  'covered-why': 'Aguardando decisão da equipe responsável',
  removed: 'Conteúdo removido pela equipe responsável',
  number: 'nº {{number}}',
  'number-long': 'Solicitação nº {{number}}',
  short: { covered: 'Mensagem oculta', removed: 'Conteúdo removido' },
  select: {
    start: 'Selecionar',
    message: 'Selecionar mensagem: {{text}}',
    bar: 'Mensagens selecionadas',
    none: 'Nenhuma mensagem selecionada',
    count_one: '{{count}} mensagem selecionada',
    count_other: '{{count}} mensagens selecionadas',
    limit: 'Até {{max}} mensagens por vez',
    leave: 'Sair da seleção',
  },
};
