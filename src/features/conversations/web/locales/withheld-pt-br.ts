/** What is said in the place of content that is covered or was removed, and of choosing messages. */
export const ptBR = {
  covered: 'Conteúdo ocultado',
  'covered-why': 'Aguardando decisão da equipe responsável',
  'covered-repeat':
    'O mesmo já foi removido antes: {{reason}}. Aguardando decisão da equipe responsável',
  reasons: {
    sexual: 'conteúdo sexual',
    offense: 'ofensa ou ameaça',
    discrimination: 'discriminação',
    'personal-data': 'dados pessoais',
    fraud: 'golpe',
    other: 'outro motivo',
  },
  removed: 'Conteúdo removido pela equipe responsável',
  number: 'Solicitação nº {{number}}',
  short: { covered: 'Mensagem oculta', removed: 'Conteúdo removido' },
  select: {
    start: 'Selecionar',
    message: 'Selecionar mensagem: {{text}}',
    bar: 'Mensagens selecionadas',
    none: 'Nenhuma selecionada',
    count_one: '{{count}} selecionada',
    count_other: '{{count}} selecionadas',
    limit: 'Até {{max}} mensagens por vez',
    leave: 'Sair da seleção',
  },
};
