/** *Mídia* in the contact panel. */
export const ptBR = {
  label: 'Mídia da conversa',
  visual: 'Fotos e vídeos',
  document: 'Documentos',
  none: {
    visual: 'Nenhuma foto e nenhum vídeo nesta conversa.',
    document: 'Nenhum documento nesta conversa.',
  },
  failed: 'Não foi possível carregar a mídia',
  more: 'Mostrar mais',
  go: 'Ir para a mensagem',
};
