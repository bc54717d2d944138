import type { Page } from '@playwright/test';
import { aFilm, aPdf, aPicture } from '../src/features/media/server/testing.ts';
import { expectAccessible } from './support/accessibility.ts';
import { bubble, composerOf } from './support/conversation-screen.ts';
import { keepPicture } from './support/keep-picture.ts';
import { type ChosenFile, filesOf } from './support/media-screen.ts';
import { aPerson, type Person } from './support/person.ts';
import { expect, type Seat, test } from './support/story.ts';

/** The number was connected before WhatsApp knew of it: the list is read once more. */
const readTemplates = async ({ context, server }: Seat): Promise<void> => {
  const channels = await context.request.get(`${server}/api/v1/channels`);
  const { items } = (await channels.json()) as { items: { id: string }[] };
  const channelId = items[0]?.id ?? '';
  await context.request.post(`${server}/api/v1/channels/${channelId}/templates/sync`);
  await expect
    .poll(async () => {
      const list = await context.request.get(`${server}/api/v1/templates?channelId=${channelId}`);
      return ((await list.json()) as { items: unknown[] }).items.length;
    })
    .toBeGreaterThan(5);
};

/** Opens a conversation with somebody who never wrote. */
const startWith = async (page: Page, { phone }: Person): Promise<void> => {
  const local = phone.slice(4);
  await page.getByRole('button', { name: 'Nova conversa' }).last().click();
  const start = page.getByRole('dialog', { name: 'Nova conversa' });
  await start.getByLabel('Número com DDD').fill(`(11) ${local.slice(0, 5)}-${local.slice(5)}`);
  await start.getByRole('button', { name: 'Abrir conversa' }).click();
  await expect(page.getByText('A janela de 24 horas está fechada.')).toBeVisible();
};

test('outside the window a template is filled in, sent and arrives', async ({
  team,
  sim,
  seat,
}) => {
  const rui = aPerson('Rui');
  await readTemplates(await seat(team.administrator));
  const { page } = await seat(team.agent);
  await startWith(page, rui);
  await expect(composerOf(page)).toHaveCount(0);

  const open = page.getByRole('button', { name: 'Enviar modelo' });
  await open.click();
  const chooser = page.getByRole('dialog', { name: 'Enviar modelo' });
  const search = chooser.getByRole('searchbox', { name: 'Buscar por nome ou texto' });
  await search.fill('desconto');
  await expect(chooser.getByRole('button', { name: /Promocao da semana/ })).toBeVisible();
  await expectAccessible(page, 'the choice of a template');
  await search.fill('como montar');
  await expect(chooser.getByRole('listitem')).toHaveText([/Como montar/]);
  await search.press('ArrowDown');
  // Esc goes back one step, and the focus with it.
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Como montar' }).press('Escape');
  await expect(chooser.getByRole('button', { name: /Como montar/ })).toBeFocused();
  await search.fill('pedido enviado');
  await chooser.getByRole('button', { name: /Pedido enviado/ }).click();

  const form = page.getByRole('dialog', { name: 'Pedido enviado' });
  await expect(form).toContainText('português (Brasil) · Utilidade');
  await form.getByRole('button', { name: 'Enviar modelo' }).click();
  await expect(form.getByText('Preencha este campo.')).toHaveCount(4);
  await expect(form.getByLabel('Campo 1')).toBeFocused();
  await expectAccessible(page, 'a template with fields missing');
  await form.getByLabel('Campo 1').fill('Rui');
  await form.getByLabel('Campo 2').fill('20431');
  await form.getByLabel('Campo 3').fill('amanhã');
  const text = 'Olá, Rui! O pedido 20431 foi enviado hoje e deve chegar até amanhã.';
  await expect(form.getByTestId('template-preview')).toHaveText(text);
  await form.getByLabel('Botão “Acompanhar entrega”').fill('20431');
  await form.getByRole('button', { name: 'Enviar modelo' }).click();
  await expect(form).toBeHidden();
  await expect(open).toBeFocused();

  const sent = bubble(page, text);
  await expect(sent).toContainText('Seu pedido saiu!');
  await expect(sent).toContainText('Loja Demonstração');
  await expect(sent).toContainText('Acompanhar entrega');
  await expect(sent.getByText('Lida')).toBeAttached();
  expect(await sim.outbox(rui)).toMatchObject([{ type: 'template', text }]);
});

interface Headed {
  readonly search: string;
  readonly title: string;
  /** What its header is filled with: a file, or the fields of a place. */
  readonly file?: () => Promise<ChosenFile>;
  readonly fields: Readonly<Record<string, string>>;
  readonly says: string;
}

const headed: Readonly<Record<'image' | 'document' | 'video' | 'location', Headed>> = {
  image: {
    search: 'promocao da semana',
    title: 'Promocao da semana',
    file: async () => ({
      name: 'oferta.png',
      mimeType: 'image/png',
      buffer: await aPicture('png'),
    }),
    fields: { 'Campo 1': 'Rui', 'Campo 2': '20%' },
    says: 'Rui, esta semana todo café moído na hora sai com 20% de desconto.',
  },
  document: {
    search: 'boleto disponivel',
    title: 'Boleto disponivel',
    file: async () => ({ name: 'boleto.pdf', mimeType: 'application/pdf', buffer: aPdf() }),
    fields: { nome: 'Rui', mes: 'março', valor: 'R$ 10,00', vencimento: '10/03' },
    says: 'Rui, o boleto de março está em anexo.',
  },
  video: {
    search: 'como montar',
    title: 'Como montar',
    file: async () => ({ name: 'montagem.mp4', mimeType: 'video/mp4', buffer: aFilm() }),
    fields: { 'Campo 1': 'estante' },
    says: 'Este vídeo mostra como montar a sua estante.',
  },
  location: {
    search: 'onde estamos',
    title: 'Onde estamos',
    fields: {
      Latitude: '-23.55',
      Longitude: '-46.63',
      'Nome do lugar (opcional)': 'Loja da Sé',
      'Endereço (opcional)': 'Praça da Sé, 1',
    },
    says: 'Retire o seu pedido nesta loja.',
  },
};

/** Finds it in the list, fills in what it asks for, and sends it. */
const sendHeaded = async (page: Page, { search, title, file, fields }: Headed): Promise<void> => {
  await page.getByRole('button', { name: 'Enviar modelo' }).click();
  const chooser = page.getByRole('dialog', { name: 'Enviar modelo' });
  await chooser.getByRole('searchbox', { name: 'Buscar por nome ou texto' }).fill(search);
  await chooser.getByRole('button', { name: new RegExp(title) }).click();
  const form = page.getByRole('dialog', { name: title });
  if (file) {
    await form.getByRole('button', { name: 'Enviar modelo' }).click();
    await expect(form.getByText('Escolha o arquivo.')).toBeVisible();
    await form.locator('input[type=file]').setInputFiles(await file());
    await expect(form.getByText('Escolha o arquivo.')).toBeHidden();
  }
  for (const [label, value] of Object.entries(fields)) {
    await form.getByRole('textbox', { name: label, exact: true }).fill(value);
  }
  await form.getByRole('button', { name: 'Enviar modelo' }).click();
  await expect(form).toBeHidden();
};

test('a picture, a document, a film or a place stands above a template, here and at WhatsApp', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const rui = aPerson('Rui');
  await sim.addTemplate({
    name: 'onde_estamos',
    components: [
      { type: 'HEADER', format: 'LOCATION' },
      { type: 'BODY', text: 'Retire o seu pedido nesta loja.' },
    ],
  });
  await sim.addTemplate({
    name: 'vitrine_da_semana',
    components: [
      { type: 'BODY', text: 'As ofertas.' },
      { type: 'CAROUSEL', cards: [] },
    ],
  });
  await readTemplates(await seat(team.administrator));
  const { page } = await seat(team.agent);
  await startWith(page, rui);
  await page.getByRole('button', { name: 'Enviar modelo' }).click();
  const left = page.getByText('1 modelo aprovado não está nesta lista', { exact: false });
  await expect(left).toBeVisible();
  for (const width of [1440, 390]) await keepPicture(page, testInfo, 'templates-left-out', width);
  await page.keyboard.press('Escape');
  for (const one of Object.values(headed)) {
    await sendHeaded(page, one);
    await expect(bubble(page, one.says).getByText('Lida')).toBeAttached();
  }
  for (const kind of ['image', 'document', 'video']) {
    await expect(filesOf(page, kind)).toHaveCount(1);
  }
  await expect(bubble(page, headed.location.says)).toContainText('Loja da Sé');
  await expect(bubble(page, headed.document.says)).toContainText('boleto.pdf');

  const sent = (await sim.outbox(rui)).map(({ content }) => {
    const { components } = content as {
      components: { type: string; parameters: { type: string }[] }[];
    };
    return components.find(({ type }) => type === 'header')?.parameters[0];
  });
  expect(sent).toEqual([
    { type: 'image', image: { id: expect.any(String) } },
    { type: 'document', document: { id: expect.any(String), filename: 'boleto.pdf' } },
    { type: 'video', video: { id: expect.any(String) } },
    {
      type: 'location',
      location: expect.objectContaining({ name: 'Loja da Sé', address: 'Praça da Sé, 1' }),
    },
  ]);

  for (const width of [1440, 390]) {
    for (const [kind, { says }] of Object.entries(headed)) {
      await keepPicture(page, testInfo, `template-${kind}`, width, bubble(page, says));
    }
  }
  await page.getByRole('button', { name: 'Abrir imagem' }).click();
  await expect(page.getByTestId('media-viewer')).toContainText('1 de 2');
});
