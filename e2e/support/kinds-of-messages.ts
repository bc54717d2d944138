import type { Locator, Page } from '@playwright/test';
import { bubble, threadOf } from './conversation-screen.ts';
import { filesOf } from './media-screen.ts';

export interface Kind {
  readonly name: string;
  readonly deed: Readonly<Record<string, unknown>>;
  /** What of it the screen shows. */
  readonly shown: (page: Page) => Locator;
  /** What the row of the conversation says while nothing newer came. */
  readonly listed?: string;
}

const words =
  (text: string) =>
  (page: Page): Locator =>
    threadOf(page).getByText(text);
const file =
  (kind: string) =>
  (page: Page): Locator =>
    filesOf(page, kind);

/** The picture with this caption, once it is here. */
export const fileOf = (page: Page, caption: string): Locator =>
  bubble(page, caption).locator('[data-media="image"][data-state="ready"]');

/** Everything a person can send, in the order of the API sheet. */
export const kinds: readonly Kind[] = [
  { name: 'text', deed: { text: 'Só texto' }, shown: words('Só texto'), listed: 'Só texto' },
  {
    name: 'formatted-text',
    deed: {
      text: '*Pedido 20431*\n_entregue_ ~amanhã~ hoje\n> pode ser às 15h?\n- café\n- filtro\n1. pix\ncupom `CAFE10` e ```mono```',
    },
    shown: (page) => threadOf(page).locator('strong', { hasText: /^Pedido 20431$/ }),
    listed: 'Pedido 20431 entregue amanhã hoje pode ser às 15h? • café',
  },
  {
    name: 'image',
    deed: { type: 'image', text: 'olha isto' },
    shown: file('image'),
    listed: 'Imagem: olha isto',
  },
  { name: 'video', deed: { type: 'video' }, shown: file('video'), listed: 'Vídeo' },
  { name: 'audio', deed: { type: 'audio', voice: false }, shown: file('audio'), listed: 'Áudio' },
  { name: 'voice', deed: { type: 'audio' }, shown: file('voice'), listed: 'Mensagem de voz' },
  {
    name: 'document',
    deed: { type: 'document', filename: 'nota.pdf' },
    shown: file('document'),
    listed: 'Documento: nota.pdf',
  },
  { name: 'sticker', deed: { type: 'sticker' }, shown: file('sticker'), listed: 'Figurinha' },
  {
    name: 'location',
    deed: { type: 'location', title: 'Praça da Sé' },
    shown: (page) => threadOf(page).getByRole('link', { name: 'Abrir no mapa' }),
    listed: 'Localização: Praça da Sé',
  },
  {
    name: 'contacts',
    deed: { type: 'contacts' },
    shown: (page) => threadOf(page).getByRole('button', { name: 'Iniciar conversa' }),
    listed: 'Cartão de contato: Oficina do Beto',
  },
  {
    name: 'template-button',
    deed: { type: 'button', text: 'Sim, confirmo', payload: 'confirmar' },
    shown: words('Sim, confirmo'),
    listed: 'Sim, confirmo',
  },
  {
    name: 'button-reply',
    deed: { type: 'button_reply', title: 'Falar com alguém', payload: 'pessoa' },
    shown: words('Falar com alguém'),
    listed: 'Falar com alguém',
  },
  {
    name: 'list-reply',
    deed: { type: 'list_reply', title: 'Trocas', description: 'Até 30 dias' },
    shown: words('Até 30 dias'),
    listed: 'Trocas',
  },
  {
    name: 'flow-reply',
    deed: { type: 'flow_reply' },
    shown: words('Formulário respondido'),
    listed: 'Formulário respondido: Ana Souza · manhã',
  },
  {
    name: 'call-permission',
    deed: { type: 'call_permission_reply' },
    shown: words('Permitiu que a empresa ligue'),
    listed: 'Permitiu que a empresa ligue',
  },
  {
    name: 'call-permission-refused',
    deed: { type: 'call_permission_reply', response: { response: 'reject' } },
    shown: words('Não permitiu que a empresa ligue'),
    listed: 'Não permitiu que a empresa ligue',
  },
  {
    name: 'about-product',
    deed: {
      text: 'Tem no tamanho P?',
      referredProduct: { catalog_id: '300000000000001', product_retailer_id: 'CAFE-250' },
    },
    shown: words('Sobre o produto CAFE-250'),
    listed: 'Tem no tamanho P?',
  },
  {
    name: 'order',
    deed: { type: 'order' },
    shown: (page) => threadOf(page).getByRole('table'),
    listed: 'Pedido: Quero estes itens',
  },
  {
    name: 'unsupported',
    deed: { type: 'unsupported', unsupportedType: 'poll_creation' },
    shown: words('Enviou uma enquete'),
    listed: 'Enviou uma enquete',
  },
  {
    name: 'unsupported-companion',
    deed: {
      type: 'raw',
      message: { type: 'unsupported', errors: [{ code: 131060, title: 'Unavailable' }] },
    },
    shown: words('Enviou uma mensagem que não chegou até aqui'),
    listed: 'Enviou uma mensagem que não chegou até aqui',
  },
  {
    name: 'edit-not-handed-on',
    deed: { type: 'unsupported', unsupportedType: 'edit' },
    shown: words('Editou uma mensagem'),
    listed: 'Editou uma mensagem',
  },
  {
    name: 'file-too-large',
    deed: { type: 'raw', message: { type: 'document', errors: [{ code: 131052 }] } },
    shown: words('Não baixada: o arquivo é grande demais'),
    listed: 'Documento',
  },
  {
    name: 'own-number',
    deed: {
      type: 'raw',
      message: {
        type: 'contacts',
        contacts: [
          {
            name: { formatted_name: 'Vera Prado' },
            phones: [{ phone: '+55 11 98888-7777', wa_id: '5511988887777', type: 'CELL' }],
            org: { company: 'Ateliê Prado', title: 'Costureira' },
            addresses: [{ street: 'Rua das Flores, 7', city: 'Recife' }],
            birthday: '1990-01-31',
            urls: [{ url: 'https://example.com/atelie' }],
            origin: 'contact_request',
          },
        ],
      },
    },
    shown: words('Enviou o próprio número'),
    listed: 'Cartão de contato: Vera Prado',
  },
  {
    name: 'unknown-type',
    deed: { type: 'raw', message: { type: 'hologram', hologram: { size: 3 } } },
    shown: words('Tipo de mensagem que esta versão ainda não conhece.'),
    listed: 'Tipo de mensagem que esta versão ainda não conhece',
  },
  {
    name: 'request-welcome',
    deed: { type: 'request_welcome' },
    shown: words('Abriu a conversa pela primeira vez'),
    listed: 'Abriu a conversa pela primeira vez',
  },
  {
    name: 'forwarded',
    deed: { text: 'Passo adiante', forwarded: 'once' },
    shown: words('Encaminhada'),
    listed: 'Passo adiante',
  },
  {
    name: 'forwarded-often',
    deed: { text: 'De novo', forwarded: 'often' },
    shown: words('Encaminhada muitas vezes'),
    listed: 'De novo',
  },
  {
    name: 'advertisement',
    deed: { text: 'Vi o anúncio', referral: true },
    shown: (page) => threadOf(page).getByText('Olá! Como podemos ajudar?'),
    listed: 'Vi o anúncio',
  },
  {
    name: 'post',
    deed: {
      text: 'Vi a publicação',
      referral: {
        source_url: 'https://fb.me/publicacao',
        source_id: '120200000000002',
        source_type: 'post',
        headline: 'Café novo na casa',
        media_type: 'video',
        video_url: 'https://scontent.xx.fbcdn.net/exemplo.mp4',
        thumbnail_url: 'https://scontent.xx.fbcdn.net/exemplo.jpg',
      },
    },
    shown: words('A publicação tem um vídeo, que fica na Meta'),
    listed: 'Vi a publicação',
  },
  {
    name: 'ringing-call',
    deed: { type: 'call' },
    shown: words('Ligação de voz tocando'),
    listed: 'Ligação de voz tocando',
  },
  {
    name: 'call',
    deed: { type: 'call', callEvent: 'terminate', duration: 8 },
    shown: words('Ligação de voz · 8 s'),
    listed: 'Ligação de voz atendida',
  },
  {
    name: 'missed-call',
    deed: { type: 'call', callEvent: 'terminate', callStatus: 'FAILED' },
    shown: words('Ligação de voz perdida'),
    listed: 'Ligação de voz perdida',
  },
];

/** What one's own side does on the phone, and what an import brings: in a number that is on the Business app too. */
export const ofTheApp: readonly Kind[] = [
  {
    name: 'echo',
    deed: { type: 'echo', text: 'Respondido na loja' },
    shown: words('Pelo celular da empresa'),
    listed: 'Respondido na loja',
  },
  {
    name: 'echo-file',
    deed: { type: 'echo', kind: 'image', text: 'A vitrine de hoje' },
    shown: (page) => fileOf(page, 'A vitrine de hoje'),
    listed: 'Imagem: A vitrine de hoje',
  },
  {
    name: 'history',
    deed: { type: 'history', text: 'De antes da conexão' },
    shown: words('De antes da conexão'),
  },
  {
    name: 'history-placeholder',
    deed: { type: 'history', messages: [{ type: 'media_placeholder' }] },
    shown: (page) => threadOf(page).getByText('Mídia', { exact: true }),
  },
];
