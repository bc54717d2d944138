import { blockFromMenu, nextSecond, unblockFromBar } from './support/block-screen.ts';
import { blockedBarOf, bubble, openConversation, say } from './support/conversation-screen.ts';
import { keepBoth } from './support/keep-picture.ts';
import { aPerson } from './support/person.ts';
import { askFromMenu, requestOf } from './support/request-screen.ts';
import { expect, test } from './support/story.ts';

test('somebody without a number is blocked, and stays so when the number shows', async ({
  team,
  sim,
  seat,
}) => {
  const ana = aPerson('Ana');
  await sim.showNumber(ana, false);
  await sim.write(ana, 'Oi, sou eu');
  const { page } = await seat(team.administrator);
  await openConversation(page, ana);
  await expect(page.getByText(ana.shownPhone)).toHaveCount(0);
  await say(page, 'Bom dia');
  await expect.poll(async () => (await sim.outbox(ana)).length).toBe(1);

  await blockFromMenu(page, ana);
  await expect(blockedBarOf(page)).toBeVisible();
  await sim.write(ana, 'Ainda sem número');
  await sim.showNumber(ana, true);
  await sim.write(ana, 'Agora com número');
  // What was dropped taught the number: it is how she is known from here on, and it is blocked.
  // Attempts are told by no live event (G1): the bar asks again every ten seconds.
  await expect(page.getByRole('region', { name: 'Bloqueado' })).toContainText(
    '2 tentativas de contato',
    { timeout: 25_000 },
  );
  for (const text of ['Ainda sem número', 'Agora com número']) {
    await expect(bubble(page, text)).toHaveCount(0);
  }

  await unblockFromBar(page, ana);
  await nextSecond();
  await sim.write(ana, 'De volta');
  await expect(bubble(page, 'De volta')).toBeVisible();
  await expect(bubble(page, 'Agora com número')).toHaveCount(0);
});

test('asked for, approved, and put on the list of WhatsApp when the person writes again', async ({
  team,
  sim,
  seat,
}) => {
  const ivo = aPerson('Ivo');
  const yesterday = Math.floor(Date.now() / 1000) - 90_000;
  await sim.write(ivo, { text: 'Vocês me pagam', timestamp: yesterday });
  const { page: agent } = await seat(team.agent);
  await openConversation(agent, ivo);
  await askFromMenu(agent, ivo, { reason: 'Ofensa ou ameaça', note: 'Ameaçou a loja.' });

  const { page } = await seat(team.administrator, { path: '/bloqueios?aba=pedidos' });
  const request = requestOf(page, ivo);
  await request.getByRole('button', { name: 'Aprovar…' }).click();
  await page
    .getByRole('alertdialog', { name: `Bloquear ${ivo.name}?` })
    .getByRole('button', { name: 'Bloquear contato' })
    .click();
  await expect(request).toHaveCount(0);
  await page.getByRole('tab', { name: 'Ativos' }).click();
  const row = page.getByRole('row').filter({ hasText: ivo.name });
  await expect(row).toContainText('aguardando nova mensagem');
  expect(await sim.blockList()).toEqual([]);

  await sim.write(ivo, 'E agora?');
  await expect(row).toContainText('aplicado');
  expect(await sim.blockList()).toEqual([ivo.phone]);
});

test('names in Bloqueios lead to the contact, also of somebody without a number', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const eva = aPerson('Eva');
  await sim.showNumber(eva, false);
  await sim.write(eva, 'Oi, sou eu');
  const { page: agent, faults } = await seat(team.agent);
  faults.allow(/403/);
  await openConversation(agent, eva);
  await askFromMenu(agent, eva, { reason: 'Spam' });

  const { page } = await seat(team.administrator, { path: '/bloqueios?aba=pedidos' });
  const detail = page.getByTestId('person-detail');
  const request = requestOf(page, eva);
  await request.getByRole('link', { name: eva.name }).click();
  await expect(detail.getByRole('heading', { name: eva.name })).toBeVisible();
  await page.goBack();
  await request.getByRole('button', { name: 'Aprovar…' }).click();
  const dialog = page.getByRole('alertdialog', { name: `Bloquear ${eva.name}?` });
  await dialog.getByRole('button', { name: 'Bloquear contato' }).click();
  await expect(request).toHaveCount(0);

  await page.getByRole('tab', { name: 'Ativos' }).click();
  await page.getByRole('button', { name: eva.name, exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Bloqueio' });
  await drawer.getByRole('link', { name: eva.name }).click();
  await expect(detail.getByRole('heading', { name: eva.name })).toBeVisible();
  await expect(detail.getByRole('button', { name: 'Desbloquear contato' })).toBeVisible();
  await expect(detail).toContainText(`por ${team.administrator.name}`);
  await keepBoth(page, testInfo, 'blocked-contact');
  await detail.getByRole('link', { name: 'Todos os bloqueios deste contato' }).click();
  await expect(page.getByRole('button', { name: eva.name, exact: true })).toBeVisible();
  await page.goBack();
  await detail.getByRole('link', { name: team.shop }).click();
  await expect(blockedBarOf(page)).toBeVisible();
});
