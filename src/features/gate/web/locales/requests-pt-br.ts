/** Of requests for a block, what every screen needs. The words of docs/promises.md, to the letter. */
export const ptBR = {
  ask: 'Pedir bloqueio',
  state: 'Pedido de bloqueio',
  sent: 'Pedido enviado à administração',
  'sent-at': 'Em {{at}}',
  'sent-hint':
    'Até a decisão, a conversa fica fora da sua lista, sem som, e a mídia do contato fica oculta.',
  waiting: 'Há um pedido de bloqueio em análise. Até a decisão, a mídia deste contato fica oculta.',
  'to-decide': 'Bloqueio pedido. A administração decide.',
  'to-queue': 'Ver pedidos',
  approved: 'Pedido aprovado: contato bloqueado',
  refused: 'Pedido de bloqueio recusado',
  understood: 'Entendi',
  toast: {
    approved: '{{name}}: pedido aprovado, contato bloqueado.',
    refused: '{{name}}: pedido de bloqueio recusado.',
  },
  tab: 'Pedidos',
  settings: 'Pedidos de bloqueio',
  'settings-lead': 'Em quanto tempo a administração quer responder a quem pede um bloqueio.',
  'none-asked': 'Nenhum pedido seu em análise',
  'media-held': 'Mídia oculta enquanto o pedido de bloqueio é analisado',
  count_one: '{{count}} pedido de bloqueio',
  count_other: '{{count}} pedidos de bloqueio',
  problem: {
    'block-request-not-found': 'Este pedido de bloqueio não existe mais.',
    'block-request-decided': 'Este pedido já foi decidido por outra pessoa.',
    'block-request-open': 'Este pedido ainda não foi decidido.',
    'too-many-block-requests': 'Você fez muitos pedidos na última hora. Fale com a administração.',
    'media-withheld': 'Mídia oculta enquanto o pedido de bloqueio é analisado.',
  },
};
