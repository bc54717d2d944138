import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserLaunchOptions, unpackBrowser } from '../e2e/support/browser.ts';
import { buildSimulatorPage } from './build-page.ts';
import { type Simulator, startSimulator } from './start-simulator.ts';
import { type BusinessServer, startBusiness } from './testing/business-server.ts';

let folder: string;
let browser: Browser;
let page: Page;
let business: BusinessServer;
let simulator: Simulator;
const complaints: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'simulator-numbers-'));
  await buildSimulatorPage(folder);
  unpackBrowser();
  browser = await chromium.launch(browserLaunchOptions());
  business = await startBusiness();
  simulator = await startSimulator({
    webhookUrl: business.url,
    pageDir: folder,
    desk: [{ number: '5511955550101', name: 'Ana Souza' }],
  });
  const viewport = { width: 1440, height: 900 };
  // Colours are looked at: nothing may be on its way.
  const reducedMotion = 'reduce';
  const context = await browser.newContext({ viewport, reducedMotion, locale: 'pt-BR' });
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(simulator.url);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await simulator?.close();
  await business?.close();
  rmSync(folder, { recursive: true });
});

it('adds a number of the business, and verifies its webhook as at Meta', async () => {
  await page.getByLabel('Adicionar número da empresa').click();
  await page.getByLabel('Nome da empresa').fill('Padaria Aurora');
  await page.getByLabel('Número da empresa nova').fill('+55 11 93000-0077');
  await page.getByRole('button', { name: 'Adicionar', exact: true }).click();
  await page.getByLabel('Dados do número').click();
  const [, added] = [...simulator.world.channels.values()];
  const shown = page.getByLabel('Chave secreta do aplicativo', { exact: true });
  await expect.poll(() => shown.inputValue()).toBe(added?.appSecret);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await page.getByLabel('Webhook', { exact: true }).click();
  await page.getByText('conta não assinada').waitFor();
  const save = page.getByRole('button', { name: 'Verificar e salvar' });
  await page.getByLabel('URL de callback').fill(business.url);
  await page.getByLabel('Token de verificação').fill('a token of nobody');
  await save.click();
  await page.getByText('O endereço respondeu e recusou.').waitFor();
  await page.getByLabel('Token de verificação').fill('demo-verify-token');
  await save.click();
  await page.getByText('Verificado e salvo.').waitFor();
  expect(added).toMatchObject({ handshake: 'verified', webhookUrl: business.url });
  await fetch(`${simulator.url}/v25.0/${added?.wabaId}/subscribed_apps`, {
    method: 'POST',
    headers: { authorization: `Bearer ${added?.accessToken}` },
  });
  await page.getByText('conta assinada').waitFor();
  // What is not ticked at Meta never comes.
  await page.getByRole('checkbox', { name: 'calls', exact: true }).click();
  await expect.poll(() => added?.fields.has('calls')).toBe(false);
  expect(added?.fields.has('history')).toBe(true);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  expect(complaints).toEqual([]);
});

it('arms what goes wrong next, tightens the limits, and puts a number on the Business app', async () => {
  await page.goto(simulator.url);
  const [channel] = [...simulator.world.channels.values()];
  await page.getByLabel('Falhas e limites').click();
  await page.getByRole('button', { name: 'Demais para a mesma pessoa (131056)' }).click();
  await page.getByText('Armado: Demais para a mesma pessoa (131056)').waitFor();
  expect(simulator.world.faults.list()).toMatchObject([{ times: 2, error: { code: 131056 } }]);
  await page.getByRole('button', { name: 'Apertados' }).click();
  await expect.poll(() => simulator.world.settings.limits.pairBurst).toBe(2);
  await page.getByRole('button', { name: 'não olha' }).click();
  await expect.poll(() => simulator.world.settings.window).toBe('off');
  const panel = await new AxeBuilder({ page }).include('.fault-panel').analyze();
  expect(panel.violations).toEqual([]);
  await page.getByRole('button', { name: 'Desarmar tudo' }).click();
  await page.getByText('Nada armado.').waitFor();

  await page.keyboard.press('Escape');
  await page.getByLabel('Dados do número').click();
  const isOnApp = channel?.coexistence;
  await page.getByRole('checkbox', { name: 'Também no aplicativo WhatsApp Business' }).click();
  await expect.poll(() => channel?.coexistence).toBe(!isOnApp);
  expect(complaints).toEqual([]);
});

it('sends what else a person does, and what is told of one', async () => {
  const [channel] = [...simulator.world.channels.values()];
  if (channel !== undefined) channel.coexistence = true;
  await page.goto(simulator.url);
  const ana = page.getByRole('region', { name: 'Celular de Ana Souza' });
  const told = () =>
    business.received.flatMap(({ body }) => body.entry.flatMap(({ changes }) => changes));
  const isTold = async (name: string, choose: () => Promise<unknown>, expected: object) => {
    const before = told().length;
    await ana.getByLabel('Enviar outra coisa').click();
    await choose();
    await business.until(() => told().length > before);
    expect(told().at(-1), name).toMatchObject(expected);
  };
  const messages = (message: object) => ({ field: 'messages', value: { messages: [message] } });
  const things: readonly (readonly [string, object])[] = [
    ['Recibo', messages({ type: 'image', image: { mime_type: 'image/png' } })],
    ['Perdida', { field: 'calls', value: { calls: [{ event: 'terminate', status: 'FAILED' }] } }],
    ['Anúncio', messages({ type: 'text', referral: { source_type: 'ad' } })],
    ['Chegou', messages({ type: 'request_welcome' })],
    ['Aceita ligar', messages({ interactive: { call_permission_reply: { response: 'accept' } } })],
    ['Formulário', messages({ interactive: { type: 'nfm_reply' } })],
    ['No grupo', messages({ type: 'text', group_id: expect.any(String) })],
    ['Do aparelho', { field: 'smb_message_echoes', value: { message_echoes: [{ type: 'text' }] } }],
    ['Antiga', { field: 'history', value: { history: [{ threads: [expect.any(Object)] }] } }],
    ['Na agenda', { field: 'smb_app_state_sync', value: { state_sync: [{ action: 'add' }] } }],
    ['Outro id', messages({ type: 'system', system: { type: 'user_changed_user_id' } })],
  ];
  for (const [name, expected] of things) {
    const button = page.getByRole('button', { name, exact: true });
    await isTold(name, () => button.click(), expected);
  }
  const other = page.getByLabel('Outro tipo, que o WhatsApp não entrega');
  const unsupported = messages({ type: 'unsupported', unsupported: { type: 'pin' } });
  await isTold('Outro tipo', () => other.selectOption('pin'), unsupported);
  expect(complaints).toEqual([]);
});
