/** What explains the gate: *Testar número*, what a block will stop, what it has stopped. */
export const ptBR = {
  test: {
    title: 'Testar número',
    body: 'Mostra se o contato seria bloqueado agora e por quê. Nada é criado nem enviado.',
    label: 'Número ou identificação',
    hint: 'Com DDD, com ou sem o nono dígito; de outro país, com + e o código. Ou a identificação do WhatsApp (BR.…).',
    run: 'Testar',
    close: 'Fechar',
    unreadable: 'Isto não parece um número nem uma identificação do WhatsApp.',
    blocked: '{{who}} seria bloqueado.',
    'blocked-in': '{{who}}: o que mandar seria descartado; o que a equipe envia passaria.',
    'blocked-out': '{{who}}: o que a equipe envia seria recusado; o que mandar passaria.',
    free: '{{who}} não seria bloqueado.',
    nobody: 'Nenhum contato tem ou teve este número ou identificação.',
    'not-blocked': 'Sem bloqueio ativo.',
    through: 'Pela identidade',
    former: 'anterior',
    current: 'atual',
    block: 'Bloqueio',
    layer: 'No WhatsApp',
    kinds: {
      phone: 'Número',
      bsuid: 'Identificação do WhatsApp',
      'parent-bsuid': 'Identificação da conta principal',
      lid: 'Identificação interna',
    },
  },
  problem: {
    'identity-not-readable': 'Isto não parece um número nem uma identificação do WhatsApp.',
  },
};
