import { bubble, chooseTab, openConversation, rowOf } from './support/conversation-screen.ts';
import { keepPicture } from './support/keep-picture.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test('the address book of the phone names people, before they write too', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const rita = aPerson('Rita');
  const bookName = `${rita.name} do ateliê`;
  await sim.write(rita, { type: 'contact_sync', bookName });
  const { page } = await seat(team.agent);
  await page.getByText('Nenhuma conversa ainda').waitFor();

  await page.getByRole('button', { name: 'Nova conversa' }).last().click();
  const dialog = page.getByRole('dialog', { name: 'Nova conversa' });
  await dialog.getByLabel('Nome (opcional)').fill(bookName.slice(0, -3).toUpperCase());
  const known = dialog.getByRole('list', { name: 'Pessoas conhecidas com este nome' });
  await expect(known).toContainText(bookName);
  await keepPicture(page, testInfo, 'known-people', 1440);
  await known.getByRole('button').click();
  await expect(dialog.getByLabel('Número com DDD')).toHaveValue(rita.shownPhone);
  await dialog.getByRole('button', { name: 'Abrir conversa' }).click();
  await expect(page).toHaveURL(/\/conversas\/.+/);
  await expect(page.getByRole('heading', { name: bookName }).first()).toBeVisible();

  await sim.write(rita, 'Oi, aqui é a Rita');
  await expect(bubble(page, 'Oi, aqui é a Rita')).toBeVisible();
  await chooseTab(page, 'Todas');
  await expect(rowOf(page, bookName)).toHaveCount(1);

  // An edit on the phone is on screen at once; a name of the team wins, and the panel tells both.
  await sim.write(rita, { type: 'contact_sync', bookName: `${rita.name} costura` });
  await expect(rowOf(page, `${rita.name} costura`)).toHaveCount(1);
  await openConversation(page, { ...rita, name: `${rita.name} costura` });
  const panel = page.getByRole('complementary', { name: 'Dados do contato' });
  await panel.getByRole('button', { name: 'Mudar nome' }).click();
  await page.getByRole('dialog').getByLabel('Nome', { exact: true }).fill('Dona Rita');
  await page.getByRole('button', { name: 'Salvar nome' }).click();
  await expect(panel.getByText(`Nome na agenda do WhatsApp: ${rita.name} costura`)).toBeVisible();
  await keepPicture(page, testInfo, 'address-book-name', 1440);

  // Taken out of the phone's book, the person keeps the conversation and the team's name; only the book's name goes.
  await sim.write(rita, { type: 'contact_sync', contactAction: 'remove' });
  await expect(panel.getByText('Nome na agenda do WhatsApp', { exact: false })).toBeHidden();
  await expect(panel.getByText('Dona Rita').first()).toBeVisible();
  await expect(rowOf(page, 'Dona Rita')).toHaveCount(1);
  await expect(bubble(page, 'Oi, aqui é a Rita')).toBeVisible();
});

test('that somebody has WhatsApp on another phone is told of nobody and moves nothing', async ({
  team,
  sim,
  seat,
}) => {
  const lia = aPerson('Lia');
  await sim.write(lia, 'Bom dia');
  const { page } = await seat(team.agent);
  await chooseTab(page, 'Todas');
  await openConversation(page, lia);
  const thread = page.getByRole('log');
  await expect(bubble(page, 'Bom dia')).toBeVisible();
  const before = await thread.getByRole('listitem').count();

  const system = {
    ...{ type: 'customer_identity_changed', customer: lia.phone, identity: 'sRr2vhXc' },
    body: 'O código de segurança de Lia mudou',
  };
  const identity = { acknowledged: true, created_timestamp: 1_793_600_000, hash: 'sRr2vhXc' };
  const news = { from: lia.phone, id: `wamid.identity${lia.phone}`, type: 'system' };
  const timestamp = String(Math.floor(Date.now() / 1000));
  const messages = [{ ...news, timestamp, system, identity }];
  await sim.write(lia, { type: 'raw', contact: null, value: { messages } });
  await sim.write(lia, 'Troquei de celular');

  // What she writes next comes into the same conversation, right after what she wrote before.
  await expect(bubble(page, 'Troquei de celular')).toBeVisible();
  expect(await thread.getByRole('listitem').count()).toBe(before + 1);
  await expect(page.getByText('código de segurança', { exact: false })).toHaveCount(0);
  await expect(rowOf(page, lia.name)).toHaveCount(1);
});
