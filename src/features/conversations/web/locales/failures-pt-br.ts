/** Why a message was not sent: the reasons that are rare enough to be fetched when one is needed. */
export const ptBR = {
  access: 'Não enviada: o acesso ao WhatsApp não tem permissão para isto. Avise a administração',
  trouble: 'Não enviada: o WhatsApp está com problemas. Tente de novo mais tarde',
  busy: 'Não enviada: o WhatsApp pediu para esperar. Tente de novo mais tarde',
  number: 'Não enviada: o número da empresa não está ativo no WhatsApp. Avise a administração',
  invalid: 'Não enviada: o WhatsApp não aceitou algum dado da mensagem',
  restricted:
    'Não enviada: o WhatsApp restringiu a conta por violar uma regra. Avise a administração',
  experiment: 'Não entregue: o WhatsApp não entrega ofertas a esta pessoa, por um experimento dele',
  country: 'Não enviada: a empresa não pode enviar mensagens para este país',
  self: 'Não enviada: este é o próprio número da empresa',
  'test-number': 'Não enviada: o número de teste só envia para números autorizados',
  'display-name':
    'Não enviada: o nome da empresa ainda não foi aprovado no WhatsApp. Avise a administração',
  marketing: 'Não entregue: a pessoa não quer receber ofertas desta empresa',
  'marketing-off': 'Não enviada: modelos de marketing estão desligados nesta conta do WhatsApp',
  'media-unread': 'Não enviada: o WhatsApp não conseguiu baixar o arquivo',
  'media-refused': 'Não enviada: o WhatsApp não aceitou o arquivo',
  unavailable: 'Não enviada: esta mensagem não está mais disponível no WhatsApp',
  'needs-phone': 'Não enviada: o número desta pessoa está oculto, e esta mensagem precisa dele',
  flow: 'Não enviada: o WhatsApp bloqueou o formulário desta mensagem',
  'payment-terms':
    'Não enviada: faltam aceitar os termos de pagamento do WhatsApp. Avise a administração',
  identity: 'Não entregue: o WhatsApp desta pessoa mudou de aparelho ou de dono',
  'block-list': 'Não enviada: a lista de bloqueio do WhatsApp teve um problema',
  'file-missing': 'Não enviada: o arquivo não está mais guardado aqui',
  'content-covered': 'Não enviada: o conteúdo foi ocultado antes de sair',
  network: 'Não enviada: não foi possível falar com o WhatsApp',
  late: 'Não enviada: a mensagem esperou demais para sair',
  'account-unreadable':
    'Não enviada: os dados de acesso deste número não puderam ser lidos. Avise a administração',
  settled: 'Não enviada, segundo quem conferiu',
  unsaid: 'Não enviada: o WhatsApp recusou sem dizer por quê',
  coded: 'Não enviada: o WhatsApp recusou a mensagem (código {{code}})',
};
