import type { failureCodes } from '../../src/channels/whatsapp/server/testing/sheet-rows.ts';

/** What a message says that WhatsApp could not deliver: every code that may come with `failed` (API sheet 2.9, 4.6). */
export const failureWords: Readonly<Record<(typeof failureCodes)[number], string>> = {
  130403: 'Não enviada: este contato está bloqueado no WhatsApp',
  130429: 'Não enviada: mensagens demais em pouco tempo',
  130472: 'Não entregue: o WhatsApp não entrega ofertas a esta pessoa, por um experimento dele',
  131000: 'Não enviada: o WhatsApp está com problemas. Tente de novo mais tarde',
  131026: 'Não entregue: este número não pode receber a mensagem',
  131042: 'Não enviada: há um problema de pagamento na conta do WhatsApp',
  131047: 'Não enviada: a janela de 24 horas fechou',
  131048: 'Não enviada: o WhatsApp limitou os envios deste número',
  131049: 'Não entregue: o WhatsApp limitou mensagens para esta pessoa',
  131051: 'Não enviada: o WhatsApp não aceita este tipo de mensagem',
  131053: 'Não enviada: o WhatsApp não aceitou o arquivo',
  131056: 'Não enviada: mensagens demais para este contato em pouco tempo',
  131060: 'Não enviada: esta mensagem não está mais disponível no WhatsApp',
  132001: 'Não enviada: o modelo não existe mais neste idioma no WhatsApp',
  137000: 'Não entregue: o WhatsApp desta pessoa mudou de aparelho ou de dono',
};

/** What WhatsApp does not hand on, by its own word (API sheet 4.5); `poll_creation` and `edit` have rows of their own. */
export const missingWords: Readonly<Record<string, string>> = {
  button: 'Enviou uma mensagem com botões',
  errors: 'Enviou uma mensagem que deu erro no WhatsApp',
  gif: 'Enviou um GIF',
  group_invite: 'Enviou um convite para um grupo',
  hsm: 'Enviou um modelo de mensagem de uma empresa',
  image: 'Enviou uma foto que só abre no celular',
  interactive: 'Enviou uma mensagem com botões ou lista',
  keep_in_chat: 'Guardou uma mensagem temporária',
  link_preview: 'Enviou um link com prévia',
  list: 'Enviou uma lista de opções',
  location: 'Enviou uma localização que só abre no celular',
  media_placeholder: 'Enviou um arquivo que só abre no celular',
  order: 'Enviou um pedido',
  pin: 'Fixou uma mensagem no celular',
  poll_update: 'Votou em uma enquete',
  product: 'Enviou um produto',
  reaction: 'Reagiu a uma mensagem',
};
