/** What is said of covered media in the settings, in the profile and on the contact panel. */
export const ptBR = {
  failed: 'Não foi possível carregar as regras da mídia oculta',
  saved: 'Regras da mídia oculta salvas',
  save: 'Salvar',
  from: {
    legend: 'De quem chega oculta',
    flagged: 'Só de contatos sinalizados',
    strangers: 'De quem ninguém respondeu',
    everybody: 'De todos',
  },
  'from-hint': {
    flagged: 'De todos os outros, a mídia chega à mostra.',
    strangers:
      'Até alguém da equipe responder. Modelo, robô, chave de API e mensagem automática não contam como resposta. O que sai do aplicativo no celular conta, menos o que sai em até três segundos: é a saudação automática dele.',
    everybody: 'Mesmo de quem já foi respondido, salvo os contatos marcados para mostrar sempre.',
  },
  kinds: {
    legend: 'O que é ocultado',
    image: 'Imagens',
    sticker: 'Figurinhas',
    video: 'Vídeos',
    document: 'Documentos',
  },
  'kinds-hint': 'A legenda e o nome do arquivo são ocultados junto. De contatos sinalizados, tudo.',
  placeholder: {
    legend: 'No lugar da mídia',
    none: 'Nada dela',
    blur: 'Um borrão cinza',
  },
  'placeholder-hint':
    'O borrão é feito no servidor com poucos tons de cinza. A imagem só sai do servidor quando alguém pede.',
  later:
    'Vale para o que chegar a partir de agora. O que está oculto continua assim até alguém pedir.',
  own: {
    title: 'Mídia recebida',
    switch: 'Cobrir toda mídia recebida',
    hint: 'Para você, imagens, figurinhas, vídeos e documentos ficam ocultos até você pedir, mesmo que o espaço de trabalho os mostre.',
    on: 'Toda mídia recebida está oculta para você',
    off: 'A mídia recebida segue o espaço de trabalho',
  },
  contact: {
    title: 'Mídia deste contato',
    usual: 'Como de costume',
    'usual-hint': 'Segue as regras do espaço de trabalho.',
    shown: 'Sempre mostrada',
    'shown-hint': 'O que chega dele não é ocultado.',
    flagged: 'Sinalizado',
    'flagged-hint': 'O que chega dele é sempre ocultado.',
    'flagged-by-removal':
      'Sinalizado porque algo dele foi removido. O que chega é sempre ocultado.',
    always: 'Sempre mostrar deste contato',
    'stop-always': 'Voltar ao costume',
    flag: 'Sinalizar: sempre ocultar',
    unflag: 'Tirar a sinalização',
  },
};
