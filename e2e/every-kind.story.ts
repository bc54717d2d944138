import type { Locator, Page } from '@playwright/test';
import { bubble, openConversation, say, threadOf } from './support/conversation-screen.ts';
import { filesOf } from './support/media-screen.ts';
import { aPerson } from './support/person.ts';
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
    name: 'order',
    deed: { type: 'order' },
    shown: (page) => threadOf(page).getByRole('table'),
  },
  {
    name: 'unsupported',
    deed: { type: 'unsupported', unsupportedType: 'poll_creation' },
    shown: words('O WhatsApp não entrega este tipo de mensagem por aqui.'),
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

for (const size of sizes) {
  test(`each kind a person can send is seen once, at ${size.width}`, async ({
    team,
    sim,
    seat,
  }, testInfo) => {
    const vera = aPerson('Vera');
    await sim.write(vera, 'Oi');
    const { page } = await seat(team.agent);
    await page.setViewportSize(size);
    await openConversation(page, vera);
    // Files of somebody who was never answered are covered.
    await say(page, 'Bom dia');
    await expect(bubble(page, 'Bom dia').getByText('Lida')).toBeAttached();

    const picture = async (name: string, shown: Locator): Promise<void> => {
      await expect(shown, name).toHaveCount(1);
      await expect(shown, name).toBeInViewport();
      const path = testInfo.outputPath(`${name}.png`);
      await page.screenshot({ path });
      await testInfo.attach(`${name} at ${size.width}`, { path, contentType: 'image/png' });
    };
    for (const { name, deed, shown } of kinds) {
      await sim.write(vera, deed);
      await picture(name, shown(page));
    }
    const { id } = await sim.write(vera, 'Isto muda já');
    await sim.write(vera, { text: 'Respondo a mim mesma', replyTo: id });
    await picture('reply', bubble(page, 'Respondo a mim mesma').getByText('Isto muda já'));
    await sim.write(vera, { type: 'reaction', target: id, emoji: '❤️' });
    await picture('reaction', threadOf(page).getByText('❤️', { exact: true }));
  });
}
