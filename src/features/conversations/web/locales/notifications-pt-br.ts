/** Notifications on the desktop, in the profile. */
export const ptBR = {
  title: 'Notificações',
  lead: 'Avisam, fora da aba, de uma mensagem numa conversa sua ou da fila que você não está olhando. Valem só para este navegador, com o Guarita aberto. Somem quando a conversa é lida, o conteúdo é ocultado ou o contato é bloqueado.',
  switch: 'Mostrar notificações',
  state: {
    default: 'Ao ligar, o navegador pergunta se o Guarita pode mostrar notificações.',
    asking: 'Responda à pergunta do navegador, perto da barra de endereço.',
    'not-answered':
      'A pergunta do navegador ficou sem resposta. Ligue de novo para que ele pergunte.',
    granted: 'O navegador permite notificações do Guarita.',
    denied:
      'O navegador não permite notificações do Guarita. Para mudar, clique no ícone ao lado do endereço, abra as permissões do site e permita notificações.',
    insecure:
      'O navegador só mostra notificações de endereços seguros, que começam com https. Fale com quem cuida do servidor.',
    unsupported: 'Este navegador não mostra notificações de páginas.',
  },
  text: 'Mostrar o texto da mensagem',
  'text-hint':
    'Desligado, dizem só de quem é a mensagem. De um arquivo dizem só o tipo, nunca a imagem, a legenda ou o nome.',
  example: {
    show: 'Ver um exemplo',
    hint: 'Se nada aparecer, veja se o sistema do computador permite notificações do navegador.',
    failed: 'O navegador não mostrou a notificação. Tente de novo.',
    title: 'Guarita',
    body: 'É assim que uma notificação aparece.',
  },
};
