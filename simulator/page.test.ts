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
  browser = await chromium.launch(browserLaunchOptions());
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

it('has nothing for axe to complain about, wide and narrow, light and dark', async () => {
  await writes('Oi');
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
});
