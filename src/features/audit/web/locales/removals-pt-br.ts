/** What the audit log says of removal requests. */
export const removalsPtBR = {
  facts: {
    number: 'número',
    decideWithinHours: 'horas para decidir',
    twoPersonReasons: 'duas pessoas para',
  },
  values: {
    sexual: 'conteúdo sexual',
    'personal-data': 'dados pessoais',
  },
  actions: {
    asked: 'pediu a remoção de conteúdo',
    joined: 'se juntou a um pedido de remoção',
    'opened-at-sight': 'mandou remover conteúdo que encontrou',
    assigned: 'passou um pedido de remoção a alguém',
    'given-back': 'devolveu um pedido de remoção',
    commented: 'comentou um pedido de remoção',
    revealed: 'olhou conteúdo coberto',
    'removal-proposed': 'propôs remover uma mensagem',
    'message-removed': 'removeu uma mensagem',
    'message-removed-again': 'removeu de novo uma mensagem, pelo diário',
    'message-kept': 'manteve uma mensagem',
    'print-retired': 'disse que um conteúdo não é o mesmo que foi removido',
    'name-asked': 'pediu a remoção do nome de um contato',
    'name-revealed': 'olhou um nome coberto',
    'name-proposed': 'propôs remover o nome de um contato',
    'name-removed': 'removeu o nome de um contato',
    'name-kept': 'manteve o nome de um contato',
    finished: 'concluiu uma remoção',
    retried: 'tentou de novo concluir uma remoção',
    'settings-changed': 'mudou as regras dos pedidos de remoção',
  },
};
