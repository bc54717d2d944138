/** What a block stopped, to be sent again by hand. */
export const ptBR = {
  title: 'Paradas pelo bloqueio',
  'dialog-title': 'Mensagens paradas pelo bloqueio de {{name}}',
  count_one: '{{count, number}} mensagem ficou parada pelo bloqueio e não foi enviada.',
  count_other: '{{count, number}} mensagens ficaram paradas pelo bloqueio e não foram enviadas.',
  hint: 'Nada sai sozinho: envie agora ou descarte, uma por uma.',
  later: 'Decidir depois',
  send: 'Enviar agora',
  'send-name': 'Enviar agora: {{text}}',
  discard: 'Descartar',
  'discard-name': 'Descartar: {{text}}',
  'written-by': '{{name}}, {{at}}',
  problem: {
    'stopped-message-settled': 'Outra pessoa já decidiu sobre esta mensagem.',
  },
};
