export const ptBR = {
  zone: 'Privacidade',
  open: 'Apagar dados da pessoa…',
  hint: 'Para quem pediu que seus dados sejam apagados (LGPD).',
  title: 'Apagar os dados de {{name}}?',
  body: 'Não há como desfazer.',
  goes: 'O que é apagado para sempre',
  'goes-list': {
    history: 'As conversas: mensagens, fotos, áudios e arquivos, com as cópias encaminhadas',
    who: 'Os nomes e todos os números e contas da pessoa',
    notes: 'Observações, pedidos de bloqueio e solicitações de remoção sobre ela',
  },
  stays: 'O que fica',
  'stays-list': {
    counts: 'Contagens nos relatórios e o registro de auditoria, sem o nome e sem o número inteiro',
    blocked:
      'O bloqueio: de cada número e conta fica só um código que não dá para ler de volta. Com ele a pessoa continua bloqueada',
    phone: 'O que está no celular da pessoa e no WhatsApp',
  },
  'new-contact': 'Se a pessoa escrever de novo, aparece como um contato novo.',
  word: 'apagar',
  type: 'Digite “{{word}}” para confirmar',
  'type-missing': 'Digite “{{word}}”, sem aspas.',
  erase: 'Apagar dados',
  done: 'Dados da pessoa apagados.',
  problem: {
    'contact-erased': 'Os dados desta pessoa já foram apagados.',
    'contact-on-wire': 'Uma mensagem está saindo para esta pessoa. Tente de novo em um instante.',
    'message-on-its-way':
      'Uma cópia encaminhada das mensagens está saindo para outra pessoa. Tente de novo em um instante.',
  },
};
