/** What a block stopped, to be sent again by hand. */
export const ptBR = {
  title: 'Paradas pelo bloqueio',
  'dialog-title': 'Mensagens paradas pelo bloqueio de {{name}}',
  count_one: '{{count, number}} mensagem ficou parada pelo bloqueio e não foi enviada.',
  count_other: '{{count, number}} mensagens ficaram paradas pelo bloqueio e não foram enviadas.',
  hint: 'Nada sai sozinho: envie agora ou descarte, uma por uma.',
  later: 'Decidir depois',
  'many-title': 'Paradas pelos bloqueios',
  'many-lead':
    'Nada saiu sozinho. Em cada conversa, as mensagens paradas podem ser enviadas ou descartadas, uma por uma.',
  'many-count_one': '{{count, number}} mensagem parada',
  'many-count_other': '{{count, number}} mensagens paradas',
  'many-failed':
    'Não foi possível ver o que os bloqueios pararam. Cada conversa mostra o que é dela.',
  'many-none': 'Os bloqueios não pararam nenhuma mensagem que ainda espere.',
  decide: 'Decidir',
  'decide-name': 'Decidir sobre as mensagens paradas de {{name}}',
  send: 'Enviar agora',
  'send-name': 'Enviar agora: {{text}}',
  discard: 'Descartar',
  'discard-name': 'Descartar: {{text}}',
  'written-by': '{{name}}, {{at}}',
  problem: {
    'stopped-message-settled': 'Outra pessoa já decidiu sobre esta mensagem.',
  },
};
