import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { browserLaunchOptions, unpackBrowser } from '../e2e/support/browser.ts';
import { buildSimulatorPage } from './build-page.ts';
import { type Simulator, startSimulator } from './start-simulator.ts';
import { type BusinessServer, startBusiness } from './testing/business-server.ts';
import { clientOf } from './testing/graph-client.ts';

const ANA = '5511955550101';

let folder: string;
let browser: Browser;
let page: Page;
let business: BusinessServer;
let simulator: Simulator;
let client: ReturnType<typeof clientOf>;
const complaints: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'simulator-page-'));
  await buildSimulatorPage(folder);
  unpackBrowser();
  const launch = browserLaunchOptions();
  const microphone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  browser = await chromium.launch({ ...launch, args: [...(launch.args ?? []), ...microphone] });
  business = await startBusiness();
  simulator = await startSimulator({
    webhookUrl: business.url,
    pageDir: folder,
    desk: [{ number: ANA, name: 'Ana Souza' }],
  });
  client = clientOf(simulator);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await simulator?.close();
  await business?.close();
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  simulator.reset();
  business.received.length = 0;
  complaints.length = 0;
  await page?.context().close();
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'pt-BR',
  });
  page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(simulator.url);
});

const ana = () => page.getByRole('region', { name: 'Celular de Ana Souza' });
const writes = async (text: string) => {
  await page.getByLabel('Mensagem de Ana Souza').fill(text);
  await page.keyboard.press('Enter');
};

it('lets a person write, see the ticks and read the answer', async () => {
  await writes('Oi, boa tarde');
  await ana().getByText('Oi, boa tarde').waitFor();
  await ana().getByRole('img', { name: 'entregue' }).waitFor();
  const [message] = business.messages();
  expect(message).toMatchObject({ from: ANA, text: { body: 'Oi, boa tarde' } });
  await client.send({ status: 'read', message_id: message?.id });
  await ana().getByRole('img', { name: 'lida' }).waitFor();
  await client.text(ANA, 'Oi, Ana!');
  await ana().getByText('Oi, Ana!').waitFor();
  const row = page.getByRole('button', { name: /mensagem · Ana Souza 200/ });
  await row.click();
  await page.getByText('whatsapp_business_account').waitFor();
  expect(complaints).toEqual([]);
});

it('reacts, replies, edits and takes back', async () => {
  await writes('Quero 2 camisetas');
  await client.text(ANA, 'Qual tamanho?');
  const more = (text: string) =>
    ana().locator('li', { hasText: text }).getByLabel('Responder ou reagir');
  await ana().getByText('Qual tamanho?').hover();
  await more('Qual tamanho?').click();
  await page.getByLabel('Reagir com 👍').click();
  await more('Qual tamanho?').click();
  await page.getByRole('button', { name: 'Responder', exact: true }).click();
  await writes('M');
  await more('Quero 2 camisetas').first().click();
  await page.getByRole('button', { name: 'Editar' }).click();
  await writes('Quero 3 camisetas');
  await ana().getByText('editada').waitFor();
  await more('Quero 3 camisetas').first().click();
  await page.getByRole('button', { name: 'Apagar para todos' }).click();
  await ana().getByText('Mensagem apagada').waitFor();
  await business.until(() => business.messages().length === 5);
  const types = business.messages().map(({ type }) => type);
  expect(types).toEqual(['text', 'reaction', 'text', 'edit', 'revoke']);
  expect(business.messages()[2]).toMatchObject({ context: { id: simulator.outbox(ANA)[0]?.id } });
});

it('keeps a menu open while a message arrives, until its button is out of sight', async () => {
  await writes('Oi');
  await ana().getByRole('img', { name: 'entregue' }).waitFor();
  for (let n = 0; n < 20; n += 1) await client.text(ANA, `linha ${n}`);
  const last = ana().locator('li', { hasText: 'linha 19' });
  await last.hover();
  await last.getByLabel('Responder ou reagir').click();
  const reply = page.getByRole('button', { name: 'Responder', exact: true });
  await reply.waitFor();
  await client.text(ANA, 'chegou mais uma');
  await ana().getByText('chegou mais uma').waitFor();
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))');
  expect(await reply.isVisible()).toBe(true);
  for (let n = 0; n < 20; n += 1) await client.text(ANA, `mais ${n}`);
  await reply.waitFor({ state: 'hidden' });
});

it('goes offline, hides the number, blocks the business and moves to another number', async () => {
  await ana().getByLabel('Ficar sem conexão').click();
  await writes('no túnel');
  await ana().getByText('Sem conexão: 1 item espera').waitFor();
  expect(business.messages()).toEqual([]);
  await ana().getByLabel('Voltar a ter conexão').click();
  await business.until(() => business.messages().length === 1);
  const option = async (name: string) => {
    await ana().getByLabel('Opções de Ana Souza').click();
    await page.getByRole('button', { name }).click();
  };
  await option('Ocultar o número');
  await ana().getByText('número oculto').waitFor();
  await writes('oculta');
  await business.until(() => business.messages().length === 2);
  expect(business.messages()[1]).not.toHaveProperty('from');
  await option('Mostrar o número');
  await option('Bloquear a empresa');
  await ana().getByText('Esta pessoa bloqueou a empresa').waitFor();
  await option('Trocar de número…');
  await page.getByLabel('Número novo').fill('+55 21 98888-7777');
  await page.getByRole('button', { name: 'Trocar', exact: true }).click();
  await ana().getByText('+55 21 98888-7777').waitFor();
  expect(business.messages().at(-1)).toMatchObject({ type: 'system' });
});

it('puts phones on the desk, plays scenarios and holds webhooks', async () => {
  await page.getByRole('button', { name: 'Adicionar celular' }).click();
  await page.getByLabel('Número', { exact: true }).fill('+55 21 95555-0102');
  await page.getByLabel('Nome').fill('Bruno Lima');
  await page.getByRole('button', { name: 'Pôr na mesa' }).click();
  await page.getByRole('region', { name: 'Celular de Bruno Lima' }).waitFor();
  await page.getByRole('button', { name: 'Segurar os webhooks' }).click();
  await page.getByRole('button', { name: 'Soltar os webhooks' }).waitFor();
  await writes('presa');
  await ana().getByRole('img', { name: 'enviada' }).waitFor();
  expect(business.messages()).toEqual([]);
  await page.getByRole('button', { name: 'Soltar os webhooks' }).click();
  await business.until(() => business.messages().length === 1);
  await page.getByRole('button', { name: 'Roteiros' }).click();
  await page.getByRole('button', { name: 'Começar: Cinco num webhook' }).click();
  await page.getByRole('region', { name: 'Celular de Helena Castro' }).waitFor();
  await business.until(() => business.messages().length === 6);
});

it('sends and shows pictures, voice notes, documents, places and files of the computer', async () => {
  const sends = async (name: string) => {
    await ana().getByLabel('Enviar outra coisa').click();
    await page.getByRole('button', { name, exact: true }).click();
  };
  await page.getByLabel('Mensagem de Ana Souza').fill('olha a caixa');
  await sends('Foto');
  await ana().getByRole('img', { name: 'Foto: olha a caixa' }).waitFor();
  await sends('Voz');
  await ana().getByLabel('Ouvir: mensagem de voz').click();
  await ana().getByLabel('Pausar: mensagem de voz').waitFor();
  for (const kind of ['Documento', 'Figurinha', 'Localização', 'Contato', 'Pedido', 'Vídeo']) {
    await sends(kind);
  }
  const [file] = simulator.world.media
    .list()
    .filter(({ mimeType }) => mimeType.startsWith('audio'));
  const forMs = 60_000;
  const bytes = file === undefined ? null : simulator.world.media.bytesOf(file);
  const { id } = simulator.world.media.add({
    channel: file?.channel ?? '',
    origin: 'upload',
    mimeType: 'audio/ogg',
    fileName: null,
    bytes: bytes ?? Buffer.alloc(0),
    forMs,
  });
  await client.send({ to: ANA, type: 'audio', audio: { id, voice: true } });
  await ana().locator('.theirs').getByLabel('Ouvir: mensagem de voz').click();
  await business.until(() => business.statuses().some(({ status }) => status === 'played'));
  await sends('Ligar');
  await ana().getByRole('button', { name: 'Desligar' }).click();
  await ana()
    .getByText(/Ligação de \d+ s/)
    .waitFor();
  await ana()
    .locator('input[type=file]')
    .setInputFiles({
      name: 'planilha.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('a;b'),
    });
  await ana().getByText('planilha.csv').waitFor();
  await business.until(() => business.messages().length === 9);
  const [picture] = business.messages();
  expect(picture).toMatchObject({ image: { mime_type: 'image/jpeg', caption: 'olha a caixa' } });
  expect(business.messages().at(-1)).toMatchObject({ document: { filename: 'planilha.csv' } });
  await ana().locator('li', { hasText: 'planilha.csv' }).getByLabel('Responder ou reagir').click();
  await page.getByRole('button', { name: 'Encaminhar' }).click();
  await ana().getByText('Encaminhada').waitFor();
  const decoded = page.locator('img.card-sticker, .card-picture img');
  const widths = await decoded.evaluateAll((all) =>
    all.map((one) => ('naturalWidth' in one ? one.naturalWidth : 0)),
  );
  expect(widths).toEqual([640, 512]);
  expect(complaints).toEqual([]);
});

it('records the microphone as a voice note', async () => {
  await ana().getByLabel('Gravar como Ana Souza').click();
  await ana().getByText('Gravando 0:01').waitFor();
  await ana().getByLabel('Enviar a gravação').click();
  await ana().getByLabel('Ouvir: mensagem de voz').waitFor();
  await business.until(() => business.messages().length === 1);
  expect(business.messages()[0]).toMatchObject({
    audio: { mime_type: 'audio/ogg; codecs=opus', voice: true },
  });
  const [media] = simulator.world.media.list();
  const bytes = media === undefined ? null : simulator.world.media.bytesOf(media);
  expect(bytes?.toString('latin1', 0, 4)).toBe('OggS');
  const player = ana().locator('audio');
  await expect
    .poll(() => player.evaluate((one) => ('duration' in one ? Number(one.duration) : 0)))
    .toBeGreaterThan(0.8);
  await ana().getByLabel('Gravar como Ana Souza').click();
  await ana().getByLabel('Descartar a gravação').click();
  expect(business.messages()).toHaveLength(1);
});

it('presses buttons, list rows and quick replies', async () => {
  await writes('Oi');
  const interactive = (content: object) =>
    client.send({ to: ANA, type: 'interactive', interactive: content });
  const body = { text: 'Confirma a entrega?' };
  const reply = { type: 'reply', reply: { id: 'sim', title: 'Confirmo' } };
  await interactive({ type: 'button', body, action: { buttons: [reply] } });
  await ana().getByRole('button', { name: 'Confirmo' }).click();
  const rows = [{ id: 'troca', title: 'Trocas', description: 'Até 30 dias' }];
  const action = { button: 'Ver opções', sections: [{ title: 'Ajuda', rows }] };
  await interactive({ type: 'list', body: { text: 'Escolha' }, action });
  await ana().getByRole('button', { name: 'Ver opções' }).click();
  await page.getByRole('button', { name: 'Trocas' }).click();
  const template = { name: 'retomar_conversa', language: { code: 'pt_BR' } };
  await client.send({ to: ANA, type: 'template', template });
  await ana().getByRole('button', { name: 'Sim, por favor' }).click();
  await business.until(() => business.messages().length === 4);
  const outbox = simulator.outbox(ANA).map(({ id }) => id);
  expect(business.messages().slice(1)).toMatchObject([
    { context: { id: outbox[0] }, interactive: { button_reply: { id: 'sim' } } },
    { context: { id: outbox[1] }, interactive: { list_reply: { id: 'troca' } } },
    { context: { id: outbox[2] }, button: { text: 'Sim, por favor' } },
  ]);
  expect(complaints).toEqual([]);
});

it('has nothing for axe to complain about, wide and narrow, light and dark', async () => {
  await writes('Oi');
  for (const type of ['image', 'audio', 'document', 'sticker', 'location', 'contacts', 'video']) {
    simulator.inbound({ from: ANA, type: type as 'image' });
  }
  await client.text(ANA, 'Olá');
  await ana().getByText('Olá').waitFor();
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    for (const theme of ['Tema escuro', 'Tema claro']) {
      await page.getByRole('button', { name: theme }).click();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    }
  }
  const isWider = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  expect(isWider).toBe(false);
  expect(complaints).toEqual([]);
}, 60_000);
