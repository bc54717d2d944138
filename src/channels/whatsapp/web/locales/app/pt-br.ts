/** What the Business app on the company's phone hands over. */
export const businessApp = {
  title: 'Aplicativo WhatsApp Business',
  lead: 'Este número também está no aplicativo de um celular. O WhatsApp entrega o que o aplicativo já sabe, cada parte uma vez só, e até 24 horas depois que o número entrou na API.',
  history: 'Histórico das conversas',
  contacts: 'Agenda do celular',
  'ask-history': 'Pedir o histórico',
  'ask-contacts': 'Pedir a agenda',
  asked: 'Pedimos em {{at}}. As partes chegam aqui uma a uma.',
  running: '{{percent}} % importado; a última parte chegou em {{at}}',
  done: 'Importado por inteiro em {{at}}',
  declined: 'A empresa escolheu, no celular, não compartilhar o histórico',
  'contacts-came': 'Última entrada recebida em {{at}}',
  never: 'Ninguém pediu ainda',
  fields:
    'Nada chegou? Confira se os campos history e smb_app_state_sync do webhook estão assinados.',
  progress: 'Importação do histórico',
  throughput: '20 mensagens por segundo, fixas: o número também está no aplicativo',
};
