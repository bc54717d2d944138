export const ptBR = {
  title_one: 'Solicitar remoção da mensagem?',
  title_other: 'Solicitar remoção de {{count}} mensagens?',
  body: 'O conteúdo fica oculto para toda a equipe agora mesmo, até a decisão.',
  'body-covered':
    'O conteúdo já está oculto para toda a equipe. Se houver uma solicitação aberta para ele, você entra nela.',
  'not-their-phone': 'Isto tira o conteúdo do nosso histórico, não do celular da pessoa.',
  reason: 'Motivo',
  required: '(obrigatório)',
  'reason-missing': 'Escolha o motivo.',
  reasons: {
    sexual: 'Conteúdo sexual',
    offense: 'Ofensa',
    discrimination: 'Discriminação',
    'personal-data': 'Dados pessoais',
    fraud: 'Golpe',
    other: 'Outro',
  },
  note: 'Observação',
  optional: '(opcional)',
  'note-hint': 'Só a equipe responsável lê. Não repita aqui o conteúdo.',
  ask: 'Solicitar remoção',
  'remove-now': 'Remover agora…',
  sure: {
    title_one: 'Remover a mensagem agora?',
    title_other: 'Remover {{count}} mensagens agora?',
    body: 'O conteúdo e as cópias encaminhadas são apagados do nosso histórico para sempre, com registro. Não há como desfazer.',
    back: 'Voltar',
    remove: 'Remover agora',
    block: 'Bloquear {{name}} também',
    'block-hint': 'Vale na hora, em todos os números.',
  },
  name: {
    title: 'Solicitar remoção do nome?',
    body: 'O nome fica oculto para toda a equipe agora mesmo, até a decisão. No lugar dele aparece o número mascarado.',
    'note-hint': 'Só a equipe responsável lê. Não repita aqui o nome.',
    'not-their-phone':
      'Se for removido, o nome que a pessoa usa no WhatsApp não volta a ser guardado. No celular dela nada muda.',
    done: 'Solicitação nº {{number}} enviada. Nome ocultado para todos.',
    sure: {
      title: 'Remover o nome agora?',
      body: 'O nome é apagado para sempre de tudo o que guardamos; fica registrado quem removeu. Não há como desfazer.',
      block: 'Bloquear este contato também',
    },
    removed: 'Nome removido. Solicitação nº {{number}}.',
    removing: 'Solicitação nº {{number}}: o nome está sendo removido.',
    'second-person':
      'Solicitação nº {{number}} enviada. Nome ocultado; outra pessoa precisa confirmar a remoção.',
  },
  done: {
    asked_one: 'Solicitação nº {{numbers}} enviada. Conteúdo ocultado para todos.',
    asked_other: 'Solicitações nº {{numbers}} enviadas. Conteúdo ocultado para todos.',
    joined_one: 'Seu pedido está na solicitação nº {{numbers}}.',
    joined_other: 'Seu pedido está nas solicitações nº {{numbers}}.',
    blocked: 'Contato bloqueado.',
    'blocked-before': 'O contato já estava bloqueado; aquele bloqueio fica como está.',
    removed: 'Conteúdo removido. Solicitação nº {{number}}.',
    removing: 'Solicitação nº {{number}}: o conteúdo está sendo removido.',
    'second-person':
      'Solicitação nº {{number}} enviada. Conteúdo ocultado; outra pessoa precisa confirmar a remoção.',
  },
  problem: {
    'too-many-removal-requests':
      'Você já pediu a remoção de muitas mensagens nesta hora. Espere um pouco ou fale com a moderação.',
    'message-not-removable': 'Esta mensagem já foi removida ou não tem conteúdo a remover.',
    'message-on-its-way':
      'Esta mensagem está saindo para o WhatsApp. Tente de novo em um instante.',
    'removal-request-decided': 'A solicitação desta mensagem já foi decidida.',
    'removal-request-not-found': 'Esta solicitação não existe ou não pode ser aberta.',
    'second-person-needed': 'Outra pessoa precisa confirmar esta remoção.',
  },
};
