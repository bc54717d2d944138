import type { Locator, Page } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { type Receiver, startReceiver } from '../src/features/webhooks/server/testing.ts';
import { expectAccessible } from './support/accessibility.ts';
import { blockFromMenu } from './support/block-screen.ts';
import { openConversation } from './support/conversation-screen.ts';
import { keepPicture } from './support/keep-picture.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

let receiver: Receiver;
test.beforeEach(async () => {
  receiver = await startReceiver();
});
test.afterEach(() => receiver.close());

/** Adds the receiver by the form. @returns its secret, shown this once */
const addReceiver = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Adicionar webhook' }).click();
  const form = page.getByRole('dialog', { name: 'Adicionar webhook' });
  await form.getByRole('button', { name: 'Adicionar webhook' }).click();
  await expect(form.getByText('Escreva um endereço que comece com https://')).toBeVisible();
  await form.getByLabel('Endereço (URL)').fill(receiver.url);
  await form.getByRole('checkbox', { name: /Mensagem recusada/ }).uncheck();
  await form.getByRole('button', { name: 'Adicionar webhook' }).click();
  const once = page.getByRole('alertdialog', { name: 'Copie o segredo agora' });
  const secret = await once.getByLabel('Segredo').inputValue();
  await once.getByRole('button', { name: 'Já copiei' }).click();
  await expect(once).toBeHidden();
  return secret;
};

const toldBy = (secret: string, index: number): unknown => {
  const got = receiver.received[index];
  return new Webhook(secret).verify(got?.body ?? '', got?.headers as Record<string, string>);
};

const pictures = async (page: Page, name: string, shown?: Locator): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 1024, 390]) {
      await keepPicture(page, test.info(), `${name}-${colorScheme}`, width, shown);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
};

test('a program is told of a block, signed; the log shows it and sends it again', async ({
  team,
  sim,
  seat,
}) => {
  const rui = aPerson('Rui');
  await sim.write(rui, 'Oi');
  const { page } = await seat(team.administrator, { path: '/ajustes/webhooks' });
  await expect(page.getByText('Nenhum programa é avisado ainda.')).toBeVisible();
  const secret = await addReceiver(page);
  await page.getByRole('button', { name: /^Ações para/ }).click();
  await page.getByRole('menuitem', { name: 'Enviar teste' }).click();
  await expect(page.getByRole('button', { name: /^Ver envio: Teste/ })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Entregue' })).toHaveCount(1);
  expect(toldBy(secret, 0)).toMatchObject({ type: 'webhook.test' });

  receiver.replies.push({ status: 500 });
  await page.goto('/conversas');
  await openConversation(page, rui);
  await blockFromMenu(page, rui);
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(3);
  expect(toldBy(secret, 2)).toMatchObject({
    type: 'contact.blocked',
    data: { reason: 'spam', actor: { kind: 'member', id: team.administrator.id } },
  });
  expect(receiver.received[2]?.body).toBe(receiver.received[1]?.body);
  expect(receiver.received[2]?.body).not.toContain(rui.name);

  await page.goto('/ajustes/webhooks');
  const line = page.getByRole('button', { name: /^Ver envio: Contato bloqueado/ });
  await expect(line).toHaveCount(1);
  await expect(line).toContainText('Entregue');
  await expect(line).toContainText('2 tentativas');
  await expectAccessible(page, 'webhooks');
  await pictures(page, 'webhooks');
  await line.click();
  const detail = page.getByRole('dialog', { name: 'Contato bloqueado' });
  await expect(detail).toContainText('respondeu 500');
  await expect(detail).toContainText('respondeu 204');
  await expectAccessible(page, 'a delivery');
  await pictures(page, 'delivery');
  await detail.getByRole('button', { name: 'Enviar de novo' }).click();
  await expect.poll(() => receiver.received.length).toBe(4);
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(ids[3]).toBe(ids[1]);
  await expect(line).toHaveCount(2);
  await expect(line.first()).toContainText('reenvio');

  await page.getByLabel('Estado').selectOption('Falhou');
  await expect(page.getByText('Nada com estes filtros.')).toBeVisible();
});

test('a secret is exchanged, an address is switched off and taken away', async ({ team, seat }) => {
  const { page } = await seat(team.administrator, { path: '/ajustes/webhooks' });
  await addReceiver(page);
  const choose = async (item: string) => {
    await page.getByRole('button', { name: /^Ações para/ }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await choose('Trocar segredo');
  const asked = page.getByRole('alertdialog');
  await asked.getByRole('button', { name: 'Trocar segredo' }).click();
  await expect(asked.getByLabel('Segredo')).toHaveValue(/^whsec_/);
  await pictures(page, 'secret');
  await asked.getByRole('button', { name: 'Já copiei' }).click();
  await expect(page.getByText('O segredo anterior ainda assina por 24 horas.')).toBeVisible();
  await choose('Desligar');
  await expect(page.getByText('desligado', { exact: true })).toBeVisible();
  await choose('Editar');
  await expect(page.getByRole('dialog', { name: 'Editar webhook' })).toBeVisible();
  await pictures(page, 'edit');
  await page.getByRole('button', { name: 'Cancelar' }).click();
  await choose('Remover');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remover' }).click();
  await expect(page.getByText('Nenhum programa é avisado ainda.')).toBeVisible();
});

test('agents and moderators have no webhooks', async ({ team, seat }) => {
  for (const member of [team.agent, team.moderator]) {
    const { page } = await seat(member, { path: '/ajustes/webhooks' });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Webhooks' })).toHaveCount(0);
  }
});

test('a key is given scopes in plain words: one that reads blocks cannot block', async ({
  team,
  sim,
  seat,
}) => {
  const rui = aPerson('Rui');
  await sim.write(rui, 'Oi');
  const { page, server } = await seat(team.administrator, { path: '/conversas' });
  await openConversation(page, rui);
  const path = new URL(page.url()).pathname.replace('/conversas/', '/api/v1/conversations/');
  const { contactId } = await (await page.request.get(`${server}${path}`)).json();
  await page.goto('/ajustes/api');
  await page.getByRole('button', { name: 'Criar chave' }).click();
  const form = page.getByRole('dialog', { name: 'Criar chave de API' });
  await form.getByLabel('Nome').fill('Painel');
  await form.getByLabel('Papel').selectOption('Administração');
  for (const chosen of [/^Ler conversas/, /^Ver contatos/]) {
    await form.getByRole('checkbox', { name: chosen }).uncheck();
  }
  await form.getByRole('button', { name: 'Criar chave' }).click();
  await expect(form.getByText('Escolha ao menos uma permissão.')).toBeVisible();
  await form.getByRole('checkbox', { name: /^Ver bloqueios/ }).check();
  await expectAccessible(page, 'the scopes of a key');
  await pictures(page, 'key');
  await form.getByRole('button', { name: 'Criar chave' }).click();
  const once = page.getByRole('alertdialog', { name: 'Copie a chave agora' });
  const key = await once.getByLabel(/^Chave/).inputValue();
  await once.getByRole('button', { name: 'Pronto' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Ver bloqueios' })).toHaveCount(1);
  await pictures(page, 'keys');

  const ask = (method: string, address: string) =>
    fetch(`${server}/api/v1/${address}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(method === 'PUT' && { body: JSON.stringify({ reason: 'spam' }) }),
    });
  expect((await ask('GET', 'blocks')).status).toBe(200);
  expect((await ask('PUT', `contacts/${contactId}/block`)).status).toBe(403);
  expect((await ask('GET', 'conversations')).status).toBe(403);
});
