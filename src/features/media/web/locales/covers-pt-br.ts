/** What is said where media is covered: in the thread and in lists. */
export const ptBR = {
  hidden: {
    image: 'Imagem oculta',
    sticker: 'Figurinha oculta',
    video: 'Vídeo oculto',
    document: 'Documento oculto',
    audio: 'Áudio oculto',
    voice: 'Mensagem de voz oculta',
  },
  show: 'Mostrar',
  hide: 'Ocultar',
  why: 'Oculta até você pedir, com tudo o que veio junto. O pedido fica registrado.',
  always: 'Sempre mostrar deste contato',
  'always-done': 'O que este contato mandar a partir de agora chega à mostra.',
  'always-undone': 'O que este contato mandar volta a chegar como de costume.',
  undo: 'Desfazer',
  settings: 'Mídia oculta',
  'settings-lead': 'O que chega oculto até alguém pedir para ver, e o que fica no lugar.',
  problem: {
    'contact-flagged': 'Este contato está sinalizado: o que ele manda chega sempre oculto.',
    'media-withheld': 'Esta mídia não pode ser mostrada agora.',
  },
};
