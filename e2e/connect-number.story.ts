import { createHmac, randomInt } from 'node:crypto';
import { expectAccessible } from './support/accessibility.ts';
import { keepPicture } from './support/keep-picture.ts';
import { aPerson } from './support/person.ts';
import { simFor } from './support/sim.ts';
import { expect, test } from './support/story.ts';

const digits = (count: number): string =>
  Array.from({ length: count }, () => String(randomInt(10))).join('');

/** What Meta's pages would show of a number that nobody has connected. */
const atMeta = async (simulator: string) => {
  const number = {
    phoneNumberId: `3${digits(14)}`,
    wabaId: `4${digits(14)}`,
    accessToken: `EAA${digits(40)}`,
    appSecret: digits(32),
    displayPhoneNumber: `55113${digits(7)}`,
    verifiedName: 'Padaria Aurora',
  };
  await post(`${simulator}/_sim/channels`, { ...number, verifyToken: 'none', webhookUrl: null });
  return number;
};

const post = async (url: string, body: object): Promise<unknown> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.ok, `${url} answered ${response.status}`).toBe(true);
  return response.json();
};

const takenOff = async (
  simulator: string,
  { wabaId, accessToken }: Awaited<ReturnType<typeof atMeta>>,
): Promise<void> => {
  const headers = { authorization: `Bearer ${accessToken}` };
  const url = `${simulator}/v25.0/${wabaId}/subscribed_apps`;
  expect(await (await fetch(url, { method: 'DELETE', headers })).json()).toEqual({ success: true });
};

test('a number is connected by the form alone, until a test message arrives', async ({
  team,
  seat,
  world,
}, testInfo) => {
  const number = await atMeta(world.simulator);
  const { page, server } = await seat(team.administrator, { path: '/ajustes' });
  await page.getByRole('link', { name: 'Canais' }).click();
  await expect(page.getByRole('link', { name: new RegExp(team.shop) })).toBeVisible();
  await page.getByRole('link', { name: 'Conectar um número' }).click();

  // Each value is checked as it is typed; what is wrong says so in words.
  const field = (name: string) => page.getByLabel(name, { exact: true });
  await field('Identificação do número de telefone').fill(` ${number.phoneNumberId} `);
  await field('Token de acesso').fill('expired-token');
  await expect(page.getByText('Este token venceu.', { exact: false })).toBeVisible();
  await field('Token de acesso').fill(number.accessToken);
  await expect(page.getByText('Confere: Padaria Aurora, +55 11', { exact: false })).toBeVisible();
  await field('Identificação da conta do WhatsApp Business').fill(number.wabaId);
  await field('Chave secreta do aplicativo').fill(digits(32));
  await expect(page.getByText('Esta chave é de outro aplicativo', { exact: false })).toBeVisible();
  await field('Chave secreta do aplicativo').fill(number.appSecret);
  await expect(page.getByText('Confere', { exact: true })).toHaveCount(3);
  await expectAccessible(page, 'the form that connects a number');
  await page.getByRole('button', { name: 'Conectar', exact: true }).click();

  // The guide goes on: the address and the verify token are pasted at Meta, which shakes hands.
  await expect(page.getByRole('heading', { name: 'Padaria Aurora' })).toBeVisible();
  await expect(page.getByText('A conta entrega os webhooks ao seu aplicativo')).toBeVisible();
  // What stands below was asked for before that, and is told anew.
  await expect(page.getByText('assinados', { exact: true })).toBeVisible();
  const webhookUrl = await page.getByLabel('URL de callback').inputValue();
  expect(webhookUrl).toMatch(/\/webhooks\/whatsapp$/);
  const verifyToken = await page.getByLabel('Token de verificação').inputValue();
  const verified = await post(`${world.simulator}/_sim/channels/${number.phoneNumberId}/verify`, {
    webhookUrl: `${server}/webhooks/whatsapp`,
    verifyToken,
  });
  expect(verified).toEqual({ result: 'verified' });
  await expect(page.getByText('Endereço verificado às', { exact: false })).toBeVisible();

  // Somebody who forges a webhook is seen, and changes nothing.
  const forged = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: number.wabaId,
        changes: [
          { field: 'messages', value: { metadata: { phone_number_id: number.phoneNumberId } } },
        ],
      },
    ],
  });
  const answer = await fetch(`${server}/webhooks/whatsapp`, {
    method: 'POST',
    body: forged,
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${createHmac('sha256', 'invented').update(forged).digest('hex')}`,
    },
  });
  expect(answer.status).toBe(401);
  await expect(page.getByText('assinatura errada', { exact: false })).toBeVisible();

  // A text before the person wrote is not possible, and says what to do; a template is.
  // A customer of another area, whose number ends alike and who wrote today, is nobody's phone to test with.
  const owner = aPerson('Dono');
  const sim = simFor(world.simulator, number.phoneNumberId);
  const customer = { ...aPerson('Cliente'), phone: owner.phone.replace(/^5511/, '5521') };
  await sim.write(customer, 'oi');
  await expect(page.getByText(/^Recebido às \d\d:\d\d/)).toBeVisible();
  await page.getByLabel('Seu celular').fill(owner.shownPhone);
  await page.getByRole('button', { name: 'Enviar teste' }).click();
  await expect(page.getByText('Mande antes um “oi”', { exact: false })).toBeVisible();

  const template = page.getByLabel('Ou mande agora um modelo aprovado', { exact: false });
  await template.selectOption('retomar_conversa (pt_BR)');
  await page.getByRole('button', { name: 'Enviar modelo' }).click();
  await expect(page.getByText('Entregue no seu celular', { exact: false })).toBeVisible();
  await expect(template).toBeHidden();
  await sim.write(owner, 'oi');
  await expect(page.getByText(/^Recebido às \d\d:\d\d/)).toBeVisible();
  await page.getByRole('button', { name: 'Enviar teste' }).click();
  await expect(page.getByText('Entregue no seu celular', { exact: false })).toBeVisible();
  await expect
    .poll(async () => (await sim.outbox(owner)).map(({ type }) => type))
    .toEqual(['template', 'text']);
  expect(await sim.outbox(customer)).toEqual([]);
  expect((await sim.outbox(owner))[1]?.text).toBe(
    'Mensagem de teste do Guarita. Está tudo funcionando!',
  );
  await expectAccessible(page, 'the page of a number');

  // What belongs to no conversation is told here: errors of the account, items of groups.
  const errors = [{ code: 130_429, title: 'Rate limit hit' }];
  await sim.write(owner, { type: 'raw', contact: null, value: { messages: [], errors } });
  await sim.write(owner, { text: 'oi, grupo', groupId: 'R3JvdXA=' });

  // Nothing of the secrets is on the page any more once it is loaded anew.
  await page.reload();
  await expect(page.getByText(`termina em …${number.accessToken.slice(-4)}`)).toBeVisible();
  const content = await page.content();
  for (const secret of [number.accessToken, number.appSecret, verifyToken]) {
    expect(content).not.toContain(secret);
  }
  await expect(page.getByText('Mensagens demais em pouco tempo')).toBeVisible();
  const groups = page.getByRole('term').filter({ hasText: 'Itens de grupos' });
  await expect(groups.locator('xpath=following-sibling::dd[1]')).toHaveText(/^1, /);
  for (const width of [1440, 390]) {
    await keepPicture(page, testInfo, 'number-health', width, groups);
  }

  // Somebody takes the app off the account at Meta's: the page tells, and has the way back.
  await takenOff(world.simulator, number);
  await page.getByRole('button', { name: 'Perguntar de novo à Meta' }).click();
  await expect(page.getByText('não assinados: nada chega')).toBeVisible();
  await page.getByRole('button', { name: 'Assinar agora' }).click();
  await expect(page.getByText('assinados', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Assinar agora' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Desconectar número' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Desconectar Padaria Aurora?' });
  await expect(dialog.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Desconectar número' }).click();
  await expect(page.getByText('Padaria Aurora: desconectado.')).toBeVisible();
  await expect(page.getByRole('link', { name: /Padaria Aurora.*Desconectado/ })).toBeVisible();
});

test('agents and moderators have no page of numbers', async ({ team, seat }) => {
  for (const member of [team.agent, team.moderator]) {
    const { page } = await seat(member, { path: '/ajustes/canais' });
    await expect(page.getByRole('heading', { level: 1, name: 'Perfil' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Canais' })).toHaveCount(0);
  }
});
