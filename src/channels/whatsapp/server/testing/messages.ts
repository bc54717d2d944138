/** WhatsApp's JSON as docs/whatsapp-cloud-api.md describes it; every value is invented. */
export type Json = Readonly<Record<string, unknown>>;

export const displayNumber = '5511900000000';
/** 2026-11-02. */
export const receivedAt = 1_793_600_000;
export const at = receivedAt - 60;

export const ana = {
  phone: '5511987654321',
  bsuid: 'BR.20031234567890123456',
  parentBsuid: 'BR.ENT.1122334455',
};

export const anaContact: Json = {
  profile: { name: 'Ana Souza', username: 'ana.souza' },
  wa_id: ana.phone,
  user_id: ana.bsuid,
  parent_user_id: ana.parentBsuid,
};

const base: Json = {
  from: ana.phone,
  from_user_id: ana.bsuid,
  id: 'wamid.INVENTED0001',
  timestamp: String(at),
};

/** A message of Ana's with these fields beside or instead of the usual ones. */
export const messageOf = (fields: Json): Json => ({ ...base, ...fields });

export const text = messageOf({ type: 'text', text: { body: 'Oi, meu pedido chegou errado' } });

export const media = (mimeType: string): Json => ({
  mime_type: mimeType,
  sha256: 'c2hhLWludmVudGVk',
  id: '300000000000001',
  url: 'https://media.example/short-lived',
});

const replied: Json = { from: displayNumber, id: 'wamid.OURS01' };

/** One message of every type of 4.5 and 5.3, by name. */
export const messages: Readonly<Record<string, Json>> = {
  text,
  emptyText: messageOf({ type: 'text', text: { body: '' } }),
  withoutType: messageOf({ text: { body: 'sem tipo' } }),
  image: messageOf({ type: 'image', image: { ...media('image/jpeg'), caption: 'olha isto' } }),
  video: messageOf({ type: 'video', video: media('video/mp4') }),
  audio: messageOf({ type: 'audio', audio: { ...media('audio/ogg; codecs=opus'), voice: false } }),
  voice: messageOf({ type: 'audio', audio: { ...media('audio/ogg; codecs=opus'), voice: true } }),
  document: messageOf({
    type: 'document',
    document: { ...media('application/pdf'), filename: 'nota.pdf', caption: 'segue' },
  }),
  sticker: messageOf({ type: 'sticker', sticker: { ...media('image/webp'), animated: true } }),
  location: messageOf({
    type: 'location',
    location: { latitude: -23.55, longitude: '-46.63', name: 'Praça', address: 'Rua A, 1' },
  }),
  locationBare: messageOf({
    type: 'location',
    location: { latitude: -23.55, longitude: -46.63, url: 'https://place.example/1' },
  }),
  contacts: messageOf({
    type: 'contacts',
    contacts: [
      {
        name: { formatted_name: 'Bia Lima', first_name: 'Bia' },
        phones: [{ phone: '+55 21 99999-0000', wa_id: '5521999990000', type: 'CELL' }],
        emails: [{ email: 'bia@example.com', type: 'WORK' }],
        addresses: [{ street: 'Rua B', city: 'Recife', zip: '50000-000' }],
        org: { company: 'Loja', title: 'Gerente' },
        urls: [{ url: 'https://example.com' }],
        birthday: '1990-01-01',
        vcard: 'BEGIN:VCARD',
        origin: 'contact_request',
      },
    ],
  }),
  reaction: messageOf({ type: 'reaction', reaction: { message_id: 'wamid.OURS01', emoji: '👍' } }),
  reactionGone: messageOf({ type: 'reaction', reaction: { message_id: 'wamid.OURS01' } }),
  reactionEmpty: messageOf({
    type: 'reaction',
    reaction: { message_id: 'wamid.OURS01', emoji: '' },
  }),
  templateButton: messageOf({
    type: 'button',
    context: replied,
    button: { payload: 'STOP', text: 'Parar' },
  }),
  buttonReply: messageOf({
    type: 'interactive',
    context: replied,
    interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Sim' } },
  }),
  listReply: messageOf({
    type: 'interactive',
    context: replied,
    interactive: {
      type: 'list_reply',
      list_reply: { id: '1', title: 'Troca', description: 'até 30 dias' },
    },
  }),
  flowReply: messageOf({
    type: 'interactive',
    context: replied,
    interactive: {
      type: 'nfm_reply',
      nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"flow_token":"t","size":"M"}' },
    },
  }),
  callPermission: messageOf({
    type: 'interactive',
    context: replied,
    interactive: {
      type: 'call_permission_reply',
      call_permission_reply: { response: 'accept', expiration_timestamp: 1_794_000_000 },
    },
  }),
  callRefused: messageOf({
    type: 'interactive',
    context: replied,
    interactive: {
      type: 'call_permission_reply',
      call_permission_reply: { response: 'reject', response_source: 'user_action' },
    },
  }),
  order: messageOf({
    type: 'order',
    order: {
      catalog_id: '400000000000001',
      text: 'quero estes',
      product_items: [
        { product_retailer_id: 'sku-1', quantity: 2, item_price: 19.9, currency: 'BRL' },
      ],
    },
  }),
  unsupported: messageOf({
    type: 'unsupported',
    errors: [{ code: 131_051, title: 'Unsupported', error_data: { details: 'not supported' } }],
    unsupported: { type: 'poll_creation' },
  }),
  companion: messageOf({
    type: 'unsupported',
    errors: [{ code: 131_060, title: 'Unavailable', error_data: { details: 'companion' } }],
  }),
  unknownType: messageOf({ type: 'hologram', hologram: { secret: 'never kept' } }),
  requestWelcome: messageOf({ type: 'request_welcome' }),
  edit: messageOf({
    type: 'edit',
    edit: {
      original_message_id: 'wamid.OLD',
      message: { context: { id: 'x' }, type: 'text', text: { body: 'texto novo' } },
    },
  }),
  editCaption: messageOf({
    type: 'edit',
    edit: {
      original_message_id: 'wamid.OLD',
      message: { type: 'image', image: { ...media('image/jpeg'), caption: 'legenda nova' } },
    },
  }),
  revoke: messageOf({ type: 'revoke', revoke: { original_message_id: 'wamid.OLD' } }),
  reply: messageOf({ type: 'text', text: { body: 'sim' }, context: replied }),
  forwarded: messageOf({ type: 'text', text: { body: 'f' }, context: { forwarded: true } }),
  frequentlyForwarded: messageOf({
    type: 'text',
    text: { body: 'ff' },
    context: { frequently_forwarded: true },
  }),
  fromAdvertisement: messageOf({
    type: 'text',
    text: { body: 'vi o anúncio' },
    referral: {
      source_url: 'https://ad.example/1',
      source_id: '500',
      source_type: 'ad',
      headline: 'Promoção',
      body: 'só hoje',
      media_type: 'image',
      image_url: 'https://ad.example/1.jpg',
      ctwa_clid: 'click-1',
      welcome_message: { text: 'Olá' },
    },
  }),
  fromPost: messageOf({
    type: 'image',
    image: media('image/jpeg'),
    referral: {
      source_url: 'https://post.example/1',
      source_id: '501',
      source_type: 'post',
      media_type: 'video',
      video_url: 'https://post.example/1.mp4',
      thumbnail_url: 'https://post.example/1.jpg',
    },
  }),
  replyForwarded: messageOf({
    type: 'text',
    text: { body: 'os dois' },
    context: { ...replied, forwarded: true },
  }),
  hiddenNumber: {
    id: 'wamid.INVENTED0004',
    timestamp: String(at),
    from_user_id: ana.bsuid,
    from_parent_user_id: ana.parentBsuid,
    type: 'text',
    text: { body: 'sem número' },
  },
  aboutProduct: messageOf({
    type: 'text',
    text: { body: 'tem no P?' },
    context: {
      ...replied,
      referred_product: { catalog_id: '400', product_retailer_id: 'sku-2' },
    },
  }),
  pictureAboutProduct: messageOf({
    type: 'image',
    image: { ...media('image/jpeg'), caption: 'é este?' },
    context: { referred_product: { catalog_id: '400', product_retailer_id: 'sku-2' } },
  }),
  ofGroup: messageOf({ type: 'text', text: { body: 'oi grupo' }, group_id: 'R3JvdXA=' }),
  numberChanged: messageOf({
    type: 'system',
    system: {
      type: 'user_changed_number',
      body: 'User Ana changed number',
      wa_id: '5521999990000',
      user_id: 'BR.30041111111111111111',
      previous_user_id: ana.bsuid,
    },
  }),
  idChanged: {
    id: 'wamid.INVENTED0002',
    timestamp: String(at),
    from_user_id: ana.bsuid,
    type: 'system',
    system: { type: 'user_changed_user_id', user_id: 'BR.30041111111111111111' },
  },
  legacyNumberChanged: {
    from: ana.phone,
    id: 'wamid.INVENTED0003',
    timestamp: String(at),
    type: 'system',
    system: { type: 'customer_changed_number', new_wa_id: '5521999990000' },
  },
  identityChanged: messageOf({
    type: 'system',
    system: { type: 'customer_identity_changed', identity: 'hash' },
    identity: { acknowledged: true, created_timestamp: String(at), hash: 'aGFzaA==' },
  }),
};
