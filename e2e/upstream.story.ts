import type { Page } from '@playwright/test';
import { blockDialogOf, blockFromMenu, unblockFromBar } from './support/block-screen.ts';
import {
  blockedBarOf,
  bubble,
  chooseFromMenu,
  openConversation,
  openFromContact,
} from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

const layerOf = (page: Page) =>
  page.getByRole('region', { name: 'Segurança' }).getByRole('listitem');

test('a block is on the list of WhatsApp too, and an unblock takes it off', async ({
  team,
  sim,
  seat,
}) => {
  const rui = aPerson('Rui');
  await sim.write(rui, 'Oi');
  const { page } = await seat(team.administrator);
  await openConversation(page, rui);

  await chooseFromMenu(page, 'Bloquear contato');
  const dialog = blockDialogOf(page, rui);
  const checkbox = dialog.getByRole('checkbox', { name: 'Também bloquear no WhatsApp' });
  await expect(checkbox).toBeChecked();
  await expect(dialog).toContainText('até 24 h depois da última mensagem');
  await dialog.getByRole('button', { name: 'Cancelar' }).click();

  await blockFromMenu(page, rui);
  await expect(layerOf(page)).toContainText('aplicado');
  await expect(layerOf(page)).toContainText('última tentativa');
  expect(await sim.blockList()).toEqual([rui.phone]);

  await page.getByRole('link', { name: 'Bloqueios' }).click();
  const row = page.getByRole('row').filter({ hasText: rui.name });
  await expect(page.getByRole('columnheader', { name: 'Camada do WhatsApp' })).toBeVisible();
  await expect(row).toContainText('aplicado');
  await row.getByRole('button', { name: rui.name, exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Bloqueio' });
  await drawer.getByRole('link', { name: rui.name }).click();
  await openFromContact(page, rui, team.shop);
  await unblockFromBar(page, rui);
  await expect.poll(() => sim.blockList()).toEqual([]);
});

test('somebody silent for a day is put there when they write again, and does not get in', async ({
  team,
  sim,
  seat,
}) => {
  const ivo = aPerson('Ivo');
  const yesterday = Math.floor(Date.now() / 1000) - 90_000;
  await sim.write(ivo, { text: 'Oi', timestamp: yesterday });
  const { page } = await seat(team.administrator);
  await openConversation(page, ivo);
  await blockFromMenu(page, ivo);
  await expect(layerOf(page)).toContainText('aguardando nova mensagem do contato');
  expect(await sim.blockList()).toEqual([]);

  await sim.write(ivo, 'E agora?');
  await expect(layerOf(page)).toContainText('aplicado');
  expect(await sim.blockList()).toEqual([ivo.phone]);
  await expect(blockedBarOf(page)).toBeVisible();
  await expect(bubble(page, 'E agora?')).toHaveCount(0);
});

test('the page of the number shows who is only there, and takes them over or off', async ({
  team,
  sim,
  seat,
}) => {
  const lia = aPerson('Lia');
  const noe = aPerson('Noé');
  for (const person of [lia, noe]) {
    await sim.write(person, 'Oi');
    await sim.putOnBlockList(person);
  }
  const { page } = await seat(team.administrator, { path: '/ajustes/canais' });
  await page.getByRole('link', { name: team.shop }).click();
  await expect(page.getByRole('switch', { name: 'Bloquear também no WhatsApp' })).toBeChecked();
  await page.getByRole('button', { name: 'Conferir agora' }).click();
  const there = page.getByRole('region', { name: /Bloqueados no WhatsApp, não aqui/ });
  await expect(there.getByRole('listitem')).toHaveCount(2);

  await there.getByRole('button', { name: `Bloquear ${lia.name} aqui` }).click();
  const adopting = page.getByRole('alertdialog', { name: `Bloquear ${lia.name} também aqui?` });
  await expect(
    adopting.getByRole('region', { name: 'O que este bloqueio interrompe' }),
  ).toContainText('conversa aberta');
  await adopting.getByRole('radio', { name: 'Golpe ou fraude' }).check();
  await adopting.getByRole('radio', { name: '7 dias' }).check();
  await adopting.getByRole('button', { name: 'Bloquear aqui' }).click();
  await expect(adopting).toBeHidden();
  await expect(there.getByRole('listitem')).toHaveCount(1);

  await there.getByRole('button', { name: `Tirar ${noe.name} da lista do WhatsApp` }).click();
  const removing = page.getByRole('alertdialog', { name: /Tirar .* da lista do WhatsApp\?/ });
  await removing.getByRole('button', { name: 'Tirar da lista' }).click();
  // While it is open nothing behind a dialog can be found.
  await expect(removing).toBeHidden();
  await expect.poll(() => sim.blockList()).toEqual([lia.phone]);
  await expect(there).toBeHidden();
});
