import type { Locator, Page, TestInfo } from '@playwright/test';
import { bubble, openConversation, say, threadOf } from './support/conversation-screen.ts';
import { keepPicture } from './support/keep-picture.ts';
import { filesOf } from './support/media-screen.ts';
import { aPerson, type Person } from './support/person.ts';
import type { Sim } from './support/sim.ts';
import { expect, test } from './support/story.ts';

test.describe.configure({ mode: 'parallel', timeout: 120_000 });

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

interface Kind {
  readonly name: string;
  readonly deed: Readonly<Record<string, unknown>>;
  /** What of it the screen shows. */
  readonly shown: (page: Page) => Locator;
}

const words =
  (text: string) =>
  (page: Page): Locator =>
    threadOf(page).getByText(text);
const file =
  (kind: string) =>
  (page: Page): Locator =>
    filesOf(page, kind);

/** Everything a person can send, in the order of the API sheet. */
const kinds: readonly Kind[] = [
  { name: 'text', deed: { text: 'Só texto' }, shown: words('Só texto') },
  { name: 'image', deed: { type: 'image', text: 'olha isto' }, shown: file('image') },
  { name: 'video', deed: { type: 'video' }, shown: file('video') },
  { name: 'audio', deed: { type: 'audio', voice: false }, shown: file('audio') },
  { name: 'voice', deed: { type: 'audio' }, shown: file('voice') },
  { name: 'document', deed: { type: 'document', filename: 'nota.pdf' }, shown: file('document') },
  { name: 'sticker', deed: { type: 'sticker' }, shown: file('sticker') },
  {
    name: 'location',
    deed: { type: 'location', title: 'Praça da Sé' },
    shown: (page) => threadOf(page).getByRole('link', { name: 'Abrir no mapa' }),
  },
  {
    name: 'contacts',
    deed: { type: 'contacts' },
    shown: (page) => threadOf(page).getByRole('button', { name: 'Iniciar conversa' }),
  },
  {
    name: 'template-button',
    deed: { type: 'button', text: 'Sim, confirmo', payload: 'confirmar' },
    shown: words('Sim, confirmo'),
  },
  {
    name: 'button-reply',
    deed: { type: 'button_reply', title: 'Falar com alguém', payload: 'pessoa' },
    shown: words('Falar com alguém'),
  },
  {
    name: 'list-reply',
    deed: { type: 'list_reply', title: 'Trocas', description: 'Até 30 dias' },
    shown: words('Até 30 dias'),
  },
  { name: 'flow-reply', deed: { type: 'flow_reply' }, shown: words('Formulário respondido') },
  {
    name: 'call-permission',
    deed: { type: 'call_permission_reply' },
    shown: words('Permitiu que a empresa ligue'),
  },
  {
    name: 'call-permission-refused',
    deed: { type: 'call_permission_reply', response: { response: 'reject' } },
    shown: words('Não permitiu que a empresa ligue'),
  },
  {
    name: 'about-product',
    deed: {
      text: 'Tem no tamanho P?',
      referredProduct: { catalog_id: '300000000000001', product_retailer_id: 'CAFE-250' },
    },
    shown: words('Sobre o produto CAFE-250'),
  },
  {
    name: 'order',
    deed: { type: 'order' },
    shown: (page) => threadOf(page).getByRole('table'),
  },
  {
    name: 'unsupported',
    deed: { type: 'unsupported', unsupportedType: 'poll_creation' },
    shown: words('Enviou uma enquete'),
  },
  {
    name: 'unsupported-companion',
    deed: {
      type: 'raw',
      message: { type: 'unsupported', errors: [{ code: 131060, title: 'Unavailable' }] },
    },
    shown: words('Enviou uma mensagem que não chegou até aqui'),
  },
  {
    name: 'unknown-type',
    deed: { type: 'raw', message: { type: 'hologram', hologram: { size: 3 } } },
    shown: words('Tipo de mensagem que esta versão ainda não conhece.'),
  },
  {
    name: 'request-welcome',
    deed: { type: 'request_welcome' },
    shown: words('Abriu a conversa pela primeira vez'),
  },
  {
    name: 'forwarded',
    deed: { text: 'Passo adiante', forwarded: 'once' },
    shown: words('Encaminhada'),
  },
  {
    name: 'forwarded-often',
    deed: { text: 'De novo', forwarded: 'often' },
    shown: words('Encaminhada muitas vezes'),
  },
  {
    name: 'advertisement',
    deed: { text: 'Vi o anúncio', referral: true },
    shown: words('Veio de um anúncio'),
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
    shown: words('Veio de uma publicação'),
  },
  {
    name: 'ringing-call',
    deed: { type: 'call' },
    shown: words('Ligação de voz tocando'),
  },
  {
    name: 'call',
    deed: { type: 'call', callEvent: 'terminate', duration: 8 },
    shown: words('Ligação de voz · 8 s'),
  },
  {
    name: 'missed-call',
    deed: { type: 'call', callEvent: 'terminate', callStatus: 'FAILED' },
    shown: words('Ligação de voz perdida'),
  },
];

/** What one's own side does on the phone, and what an import brings: in a number that is on the Business app too. */
const ofTheApp: readonly Kind[] = [
  {
    name: 'echo',
    deed: { type: 'echo', text: 'Respondido na loja' },
    shown: words('Pelo celular da empresa'),
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

type Picture = (name: string, shown: Locator) => Promise<void>;

/** Shows that it is there once and on the screen, and keeps what it looks like. */
const picturesOf =
  (page: Page, testInfo: TestInfo, width: number): Picture =>
  async (name, shown) => {
    await expect(shown, name).toHaveCount(1);
    await expect(shown, name).toBeInViewport();
    await keepPicture(page, testInfo, name, width);
  };

const reactTo = async (sim: Sim, person: Person, target: string, page: Page, picture: Picture) => {
  const shown = (emoji: string) => threadOf(page).getByText(emoji, { exact: true });
  await sim.write(person, { type: 'reaction', target, emoji: '❤️' });
  await picture('reaction', shown('❤️'));
  await sim.write(person, { type: 'reaction', target, emoji: '🙏' });
  await picture('reaction-changed', shown('🙏'));
  await sim.write(person, { type: 'reaction', target });
  await expect(shown('🙏')).toHaveCount(0);
};

/** What happens to messages and people after something was said. */
const changeThings = async (sim: Sim, person: Person, page: Page, picture: Picture) => {
  const thread = threadOf(page);
  const { id } = await sim.write(person, 'Isto muda já');
  await sim.write(person, { text: 'Respondo a mim mesma', replyTo: id });
  await picture('reply', bubble(page, 'Respondo a mim mesma').getByText('Isto muda já'));
  await reactTo(sim, person, id, page, picture);
  await sim.write(person, { type: 'edit', target: id, text: 'Agora está certo' });
  await picture('edit', bubble(page, 'Agora está certo').getByText('editada'));
  // Where it is quoted it is told as it is, too.
  await expect(bubble(page, 'Respondo a mim mesma')).toContainText('Agora está certo');
  await sim.write(person, { type: 'revoke', target: id });
  await picture('revoke', bubble(page, 'Mensagem apagada pela pessoa').getByText('editada'));
  await expect(thread.getByText('Agora está certo')).toHaveCount(0);
  const echo = await sim.write(person, { type: 'echo', text: 'Engano da loja' });
  await sim.write(person, { type: 'echo', kind: 'revoke', target: echo.id });
  const takenBack = bubble(page, 'Mensagem apagada').filter({ hasNotText: 'pela pessoa' });
  await picture('echo-revoke', takenBack);
  const newNumber = aPerson('Vera').phone;
  await sim.write(person, { type: 'number_change', newNumber });
  await picture('number-change', thread.getByText('Esta pessoa mudou de número'));
  const moved = { ...person, phone: newNumber };
  await sim.write(moved, 'Do número novo');
  await picture('from-new-number', bubble(page, 'Do número novo'));
  await sim.write(moved, { text: 'Sem mostrar o número', hidden: true });
  await picture('hidden-number', bubble(page, 'Sem mostrar o número'));
};

for (const size of sizes) {
  test(`each kind a person can send is seen once, at ${size.width}`, async ({
    team,
    sim,
    seat,
  }, testInfo) => {
    const vera = aPerson('Vera');
    await sim.joinApp();
    await sim.write(vera, 'Oi');
    const { page } = await seat(team.agent);
    await page.setViewportSize(size);
    await openConversation(page, vera);
    // Files of somebody who was never answered are covered.
    await say(page, 'Bom dia');
    await expect(bubble(page, 'Bom dia').getByText('Lida')).toBeAttached();

    const picture = picturesOf(page, testInfo, size.width);
    for (const { name, deed, shown } of [...kinds, ...ofTheApp]) {
      await sim.write(vera, deed);
      await picture(name, shown(page));
    }
    await changeThings(sim, vera, page, picture);
  });
}

test('each state of a message of ours is seen as WhatsApp tells it', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const vera = aPerson('Vera');
  await sim.write(vera, 'Oi');
  const { page } = await seat(team.agent);
  await openConversation(page, vera);
  await sim.fault({ on: 'messages', times: 0, muteStatuses: true });
  const sent = async (text: string): Promise<string> => {
    await say(page, text);
    await expect.poll(async () => (await sim.outbox(vera)).at(-1)?.text).toBe(text);
    return (await sim.outbox(vera)).at(-1)?.id ?? '';
  };
  const picture = picturesOf(page, testInfo, 1440);
  const id = await sent('Segue');
  for (const [status, shown] of [
    ['sent', 'Enviada'],
    ['delivered', 'Entregue'],
    ['read', 'Lida'],
    ['played', 'Ouvida'],
  ] as const) {
    await sim.status(id, status);
    await expect(bubble(page, 'Segue').getByText(shown)).toBeAttached();
    await picture(`status-${status}`, bubble(page, 'Segue'));
  }
  for (const [code, why] of [
    [131_026, 'Não entregue: este número não pode receber a mensagem'],
    [130_403, 'Não enviada: este contato está bloqueado no WhatsApp'],
    [131_049, 'Não entregue: o WhatsApp limitou mensagens para esta pessoa'],
    [131_000, 'Não enviada: o WhatsApp está com problemas. Tente de novo mais tarde'],
  ] as const) {
    await sim.status(await sent(`Falha ${code}`), 'failed', code);
    await picture(`failed-${code}`, bubble(page, `Falha ${code}`).getByText(why));
  }
});
