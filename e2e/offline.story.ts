import {
  bubble,
  chooseForMessage,
  composerOf,
  openConversation,
  rowOf,
  say,
} from './support/conversation-screen.ts';
import { networkAway } from './support/faults.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

const lost = 'Sem conexão. Reconectando…';

test('a lost connection is shown calmly, loses nothing, and heals', async ({ team, sim, seat }) => {
  const ivo = aPerson('Ivo');
  const eva = aPerson('Eva');
  await sim.write(ivo, 'Tem estacionamento?');
  const { page, context, faults } = await seat(team.agent);
  faults.allow(networkAway);
  await openConversation(page, ivo);

  await context.setOffline(true);
  await expect(page.getByText(lost)).toBeVisible();
  await say(page, 'Temos, na rua de trás.');
  await expect(
    bubble(page, 'Temos, na rua de trás.').getByText('Aguardando conexão'),
  ).toBeAttached();
  await say(page, 'Fica aberto até as 22.');
  await say(page, 'A entrada é pela esquina.');
  await composerOf(page).fill('E é de gra');
  await chooseForMessage(page, 'Tem estacionamento?', 'Responder');
  await expect(composerOf(page)).toBeFocused();
  const elsewhere = page.getByRole('searchbox');
  await elsewhere.focus();
  await sim.write(ivo, 'Alô?');
  await sim.write(eva, 'Vocês entregam?');
  await expect(bubble(page, 'Alô?')).toHaveCount(0);

  await context.setOffline(false);
  await expect(page.getByText(lost)).toBeHidden();
  await expect(bubble(page, 'Alô?')).toBeVisible();
  await expect(rowOf(page, eva.name)).toContainText('Vocês entregam?');
  await expect(composerOf(page)).toHaveValue('E é de gra');
  await expect(elsewhere).toBeFocused();
  await expect(bubble(page, 'Temos, na rua de trás.').getByText('Lida')).toBeAttached();
  await expect(bubble(page, 'Temos, na rua de trás.')).toHaveCount(1);
  await expect(bubble(page, 'A entrada é pela esquina.').getByText('Lida')).toBeAttached();
  expect((await sim.outbox(ivo)).map(({ text }) => text)).toEqual([
    'Temos, na rua de trás.',
    'Fica aberto até as 22.',
    'A entrada é pela esquina.',
  ]);

  // Live again: nothing has to be reloaded.
  await sim.write(ivo, 'Obrigado');
  await expect(bubble(page, 'Obrigado')).toBeVisible();
});

test('what waits to leave outlives a reload, and leaves in order', async ({ team, sim, seat }) => {
  const ivo = aPerson('Ivo');
  await sim.write(ivo, 'Tem estacionamento?');
  const { page, faults } = await seat(team.agent);
  faults.allow(networkAway);
  await openConversation(page, ivo);
  // The first reaches the server and its answer is lost: it must not leave twice.
  let isFirst = true;
  await page.route('**/messages', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    if (isFirst) await route.fetch();
    isFirst = false;
    return route.abort();
  });
  const texts = ['Um.', 'Dois.', 'Três.'];
  for (const text of texts) await say(page, text);
  await expect(bubble(page, 'Um.').getByText('Aguardando conexão')).toBeAttached();
  await page.reload();
  for (const text of texts) await expect(bubble(page, text).first()).toBeVisible();
  await page.unroute('**/messages');
  for (const text of texts) {
    await expect(bubble(page, text).getByText('Lida')).toBeAttached();
    await expect(bubble(page, text)).toHaveCount(1);
  }
  expect((await sim.outbox(ivo)).map(({ text }) => text)).toEqual(texts);
  await page.reload();
  await expect(bubble(page, 'Três.')).toHaveCount(1);
});

test('a text that is refused stays, to be edited or copied', async ({ team, sim, seat }) => {
  const ivo = aPerson('Ivo');
  await sim.write(ivo, 'Tem estacionamento?');
  const { page, faults } = await seat(team.agent);
  faults.allow(/422/);
  await openConversation(page, ivo);
  await page.route('**/messages', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 422, json: { code: 'window-closed', status: 422 } })
      : route.fallback(),
  );
  await say(page, 'Chegou tarde');
  await composerOf(page).fill('Outra coisa');
  const kept = bubble(page, 'Chegou tarde');
  await expect(kept).toContainText('Não enviada: a janela de 24 horas fechou');
  await page.unroute('**/messages');
  await page.reload();
  await kept.getByRole('button', { name: 'Editar' }).click();
  await expect(composerOf(page)).toHaveValue('Outra coisa\nChegou tarde');
  await expect(kept).toHaveCount(0);
});

test('a dialog that cannot be fetched says so, and opens once the network is back', async ({
  team,
  sim,
  seat,
}) => {
  const ivo = aPerson('Ivo');
  await sim.write(ivo, 'Oi');
  const { page, context, faults } = await seat(team.agent);
  faults.allow(networkAway);
  await openConversation(page, ivo);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Atalhos de teclado' }).click();
  await expect(page.getByText('Não dá para abrir isto sem conexão.')).toBeVisible();
  await expect(composerOf(page)).toBeVisible();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Atalhos de teclado' }).click();
  await expect(page.getByRole('dialog', { name: 'Atalhos de teclado' })).toBeVisible();
});
