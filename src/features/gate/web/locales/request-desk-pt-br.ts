/** Of requests for a block, what only their dialogs and their page need. */
export const ptBR = {
  ask: {
    title: 'Pedir o bloqueio de {{name}}?',
    body: 'A administração recebe o pedido e decide. Até lá, a conversa sai da sua lista, sem som, e a mídia do contato fica oculta.',
    'note-hint': 'Vista só pela administração.',
    attached: 'As últimas mensagens do contato vão junto, como referência.',
  },
  queue: {
    title: 'Pedidos de bloqueio',
    empty: 'Nenhum pedido de bloqueio à espera.',
    'empty-hint': 'Quando alguém da equipe pedir um bloqueio, ele aparece aqui.',
    failed: 'Não foi possível carregar os pedidos de bloqueio.',
    more: 'Carregar mais',
    askers: 'Quem pede',
    'asked-by': 'pedido por {{name}} em {{at}}',
    'show-messages_one': 'Ler a última mensagem',
    'show-messages_other': 'Ler as últimas {{count}} mensagens',
    'hide-messages': 'Esconder mensagens',
  },
  waited: {
    since: 'há {{time}}',
    unanswered: 'sem resposta há {{time}}',
    less: 'menos de 1 h',
    hours: '{{count}} h',
    days_one: '{{count}} dia',
    days_other: '{{count}} dias',
  },
  approve: { action: 'Aprovar…', confirm: 'Bloquear contato' },
  refuse: {
    action: 'Recusar…',
    title: 'Recusar o bloqueio de {{name}}?',
    body: 'O contato continua como está, e a conversa volta para a lista de quem pediu.',
    answer: 'Resposta',
    'answer-hint': 'Lida por quem pediu o bloqueio.',
    confirm: 'Recusar pedido',
    done: '{{name}}: pedido recusado',
  },
  settings: {
    failed: 'Não foi possível ler o prazo dos pedidos.',
    hours: 'Prazo em horas',
    'hours-hint':
      'Um pedido sem resposta depois desse prazo é lembrado à administração, e de novo a cada prazo. De 1 a 720.',
    'hours-wrong': 'Escreva um número inteiro de 1 a 720.',
    save: 'Salvar',
    saved: 'Prazo salvo',
  },
};
