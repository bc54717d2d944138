import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility.ts';
import { blockFromMenu } from './support/block-screen.ts';
import { call, contactOf } from './support/call-api.ts';
import { bubble, openConversation } from './support/conversation-screen.ts';
import { keepPicture } from './support/keep-picture.ts';
import { aPerson, type Person } from './support/person.ts';
import { expect, test } from './support/story.ts';

const contactRow = (page: Page, person: Pick<Person, 'name'>): Locator =>
  page.getByTestId('person-row').filter({ hasText: person.name });

const detailOf = (page: Page): Locator => page.getByTestId('person-detail');

const searchContacts = (page: Page, text: string): Promise<void> =>
  page.getByRole('searchbox', { name: 'Buscar por nome, número ou identificação' }).fill(text);

const openContact = async (page: Page, person: Person): Promise<Locator> => {
  await searchContacts(page, person.name);
  await contactRow(page, person).getByRole('link').click();
  await expect(detailOf(page).getByRole('heading', { name: person.name })).toBeVisible();
  return detailOf(page);
};

/** From the detail that is open: both sides are shown, nothing is pressed yet. */
const startMerge = async (page: Page, other: Person): Promise<Locator> => {
  await detailOf(page).getByRole('button', { name: 'Juntar com outro contato' }).click();
  const choosing = page.getByRole('dialog', { name: 'Juntar contatos' });
  await choosing.getByRole('textbox').fill(other.name);
  await choosing.getByRole('button', { name: other.name }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Juntar estes dois contatos?' });
  await expect(dialog.getByRole('article')).toHaveCount(2);
  return dialog;
};

const splitOff = async (page: Page, person: Person): Promise<void> => {
  await detailOf(page).getByRole('button', { name: 'Dividir contato' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Dividir contato' });
  const theirs = dialog.getByRole('checkbox', { name: new RegExp(`veio de ${person.name}`) });
  for (const box of await theirs.all()) await box.check();
  await expect(dialog).toContainText(`Volta a ser o contato ${person.name}`);
  await dialog.getByRole('button', { name: 'Dividir contato' }).click();
  await expect(dialog).toBeHidden();
};

test('the page of contacts is live, searched by name and number, and renames', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const [ana, rui] = [aPerson('Ana'), aPerson('Rui')];
  await sim.write(ana, 'Oi');
  const { page } = await seat(team.agent);
  await page.getByRole('link', { name: 'Contatos' }).click();
  await expect(contactRow(page, ana)).toBeVisible();
  await expect(page).toHaveTitle(/Contatos · Guarita$/);
  await expect(page.getByRole('tab', { name: 'Conflitos' })).toHaveCount(0);
  await sim.write(rui, 'Bom dia');
  await expect(contactRow(page, rui)).toBeVisible();

  await searchContacts(page, rui.shownPhone.slice(4));
  await expect(contactRow(page, ana)).toHaveCount(0);
  const detail = await openContact(page, rui);
  await expect(detail).toContainText('Número de telefone');
  await expectAccessible(page, 'a contact');
  await expect(detail.getByRole('link', { name: team.shop })).toBeVisible();
  await expect(detail.getByRole('button', { name: 'Juntar com outro contato' })).toHaveCount(0);
  await detail.getByRole('button', { name: 'Mudar nome' }).click();
  await page.getByRole('textbox', { name: 'Nome' }).fill('Seu Rui da padaria');
  await page.getByRole('button', { name: 'Salvar nome' }).click();
  await expect(detail.getByRole('heading', { name: 'Seu Rui da padaria' })).toBeVisible();
  await keepPicture(page, testInfo, 'contact', 1440);
  await detail.getByRole('link', { name: team.shop }).click();
  await expect(bubble(page, 'Bom dia')).toBeVisible();
  await page.getByText('Conversas antigas').click();
  await expect(page.getByText('Nenhuma outra conversa com esta pessoa')).toBeVisible();
  await keepPicture(page, testInfo, 'panel', 1440);
  // Whoever comes back finds the list at once, from what was read before.
  await page.getByRole('link', { name: 'Contatos' }).click();
  await expect(contactRow(page, ana)).toBeVisible();
});

test('merged with somebody blocked a contact stays blocked, as the dialog says, and a split gives it back', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const [bia, leo] = [aPerson('Bia'), aPerson('Léo')];
  await sim.write(bia, 'Oi, sou a Bia');
  await sim.write(leo, 'Oi, sou o Léo');
  const { page, faults } = await seat(team.administrator);
  await openConversation(page, leo);
  await blockFromMenu(page, leo);
  await page.getByRole('link', { name: 'Contatos' }).click();
  // Blocked ones have a tab of their own.
  await expect(contactRow(page, bia)).toBeVisible();
  await expect(contactRow(page, leo)).toHaveCount(0);

  await openContact(page, bia);
  const dialog = await startMerge(page, leo);
  await expect(dialog).toContainText(`${leo.name} está bloqueado.`);
  await expect(dialog).toContainText('o bloqueio vale para ambos');
  await expect(dialog.getByRole('radio', { name: 'Continua bloqueado' })).toBeChecked();
  const stops = dialog.getByRole('region', { name: 'O que este bloqueio interrompe' });
  await expect(stops).toContainText(`${team.shop}: conversa aberta`);
  await keepPicture(page, testInfo, 'merge', 1440);
  await keepPicture(page, testInfo, 'merge', 390);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expectAccessible(page, 'merging two contacts');
  await dialog.getByRole('button', { name: 'Juntar contatos' }).click();
  await expect(dialog).toBeHidden();
  await expect(detailOf(page)).toContainText('veio de');
  await expect(detailOf(page).getByRole('button', { name: 'Desbloquear contato' })).toBeVisible();
  await sim.write(bia, 'Ainda estou aqui');

  await splitOff(page, leo);
  await expect(detailOf(page).getByRole('heading', { name: leo.name })).toBeVisible();
  await detailOf(page).getByRole('link', { name: team.shop }).click();
  await expect(bubble(page, 'Oi, sou o Léo')).toBeVisible();
  await expect(bubble(page, 'sou a Bia')).toHaveCount(0);
  await expect(bubble(page, 'Ainda estou aqui')).toHaveCount(0);
  const watcher = await seat(team.moderator, { path: new URL(page.url()).pathname });
  await expect(bubble(watcher.page, 'Oi, sou o Léo')).toBeVisible();

  // Both are blocked, each by a block of its own.
  await page.getByRole('link', { name: 'Contatos' }).click();
  await page.getByRole('tab', { name: 'Bloqueados' }).click();
  await expect(contactRow(page, bia)).toBeVisible();
  await expect(contactRow(page, leo)).toBeVisible();

  // The data of one of them is erased: the block stays, of nobody that anybody knows.
  await openContact(page, leo);
  const reader = await seat(team.agent, { path: new URL(page.url()).pathname });
  await expect(detailOf(reader.page).getByRole('heading', { name: leo.name })).toBeVisible();
  const goneByNow = /404 .*\/(conversations|contacts)\//;
  for (const each of [faults, watcher.faults, reader.faults]) each.allow(goneByNow);
  await detailOf(page).getByRole('button', { name: 'Apagar dados da pessoa…' }).click();
  const sure = page.getByRole('alertdialog', { name: `Apagar os dados de ${leo.name}?` });
  await expect(sure).toContainText('continua bloqueada');
  await expectAccessible(page, 'erasing a person');
  await keepPicture(page, testInfo, 'erase', 1440);
  await keepPicture(page, testInfo, 'erase', 390);
  await page.setViewportSize({ width: 1280, height: 800 });
  await sure.getByRole('button', { name: 'Apagar dados' }).click();
  await expect(sure).toContainText('Digite “apagar”, sem aspas.');
  await sure.getByRole('textbox').fill('Apagar');
  await sure.getByRole('button', { name: 'Apagar dados' }).click();
  await expect(page.getByText('Dados da pessoa apagados.')).toBeVisible();
  await expect(detailOf(page)).toBeHidden();
  // Whoever had the conversation open has nothing of it any more: their screen asks for it, and is told that it is gone.
  await expect(bubble(watcher.page, 'Oi, sou o Léo')).toHaveCount(0);
  await expect(watcher.page.getByText('Esta conversa não existe')).toBeVisible();
  // Nor whoever had the sheet open, and going back does not show it once more.
  await expect(reader.page.getByText('Este contato não existe mais')).toBeVisible();
  await expect(reader.page.locator('body')).not.toContainText(leo.name);
  await page.goBack();
  await expect(page.getByText('Este contato não existe mais')).toBeVisible();
  await expect(detailOf(page)).not.toContainText(leo.name);
  await detailOf(page).getByRole('button', { name: 'Voltar para a lista' }).click();
  await expect(detailOf(page)).toBeHidden();
  await sim.write(leo, 'Sou eu de novo');
  await page.getByRole('link', { name: 'Bloqueios' }).click();
  await expect(page.getByRole('button', { name: 'Pessoa apagada', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: leo.name })).toHaveCount(0);
  await keepPicture(page, testInfo, 'erased', 1440);
  // Of nobody there is no page to go to.
  await page.getByRole('button', { name: 'Testar número' }).click();
  const tested = page.getByRole('dialog', { name: 'Testar número' });
  await tested.getByRole('textbox').fill(`+${leo.phone}`);
  await tested.getByRole('textbox').press('Enter');
  await expect(tested.getByRole('region', { name: 'Pessoa apagada' })).toBeVisible();
  await expect(tested.getByRole('link')).toHaveCount(0);
});

test('a recycled number comes to the list of conflicts, without a word, and is decided', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const old = aPerson('Cida');
  const fresh = { ...aPerson('Davi'), phone: old.phone };
  await sim.write(old, { text: 'Segredo da Cida', userId: `BR.1${old.phone}x` });
  const { page } = await seat(team.administrator, { path: '/contatos' });
  await sim.write(fresh, { text: 'Oi, comprei este número', userId: `BR.2${old.phone}x` });
  const rail = page.getByRole('link', { name: 'Contatos, 1 conflito a decidir' });
  await expect(rail).toBeVisible();

  const watcher = await seat(team.moderator, { path: '/contatos?aba=conflitos' });
  const seen = watcher.page.getByRole('article', { name: 'Número com novo dono' });
  await expect(seen).toContainText('Só a administração decide.');

  await page.getByRole('tab', { name: /Conflitos/ }).click();
  const card = page.getByRole('article', { name: 'Número com novo dono' });
  await expect(card.getByRole('article')).toHaveCount(2);
  await expect(card).toContainText(old.name);
  await expect(card).toContainText(fresh.name);
  await expect(card).not.toContainText('Segredo');
  await expect(card).not.toContainText(old.phone.slice(2));
  await expectAccessible(page, 'the conflicts');
  for (const width of [1440, 1024, 390]) await keepPicture(page, testInfo, 'conflicts', width);
  await page.setViewportSize({ width: 1280, height: 800 });
  // One of them is blocked meanwhile: there are more answers now.
  await call(page, 'PUT', `contacts/${await contactOf(page, old)}/block`, { reason: 'spam' });
  await expect(card.getByRole('article', { name: old.name })).toContainText('Bloqueado');
  await card.getByRole('button', { name: 'Decidir' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'O que é verdade?' });
  await dialog.getByRole('button', { name: 'Decidir' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Escolha uma resposta.');
  await dialog.getByRole('radio', { name: 'Bloquear as duas' }).check();
  const impact = dialog.getByRole('region', { name: 'O que este bloqueio interrompe' });
  await expect(impact).toContainText('conversa aberta');
  await keepPicture(page, testInfo, 'decide-blocked', 1440);
  await dialog.getByRole('radio', { name: /^São duas pessoas/ }).check();
  await expect(impact).toBeHidden();
  await keepPicture(page, testInfo, 'decide', 1440);
  await expectAccessible(page, 'a conflict, being decided');
  await dialog.getByRole('button', { name: 'Decidir' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Nenhum conflito a decidir')).toBeVisible();
  await expect(watcher.page.getByText('Nenhum conflito a decidir')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Contatos', exact: true })).toBeVisible();
  await page.getByText('Decididos').click();
  await expect(page.getByText(`São duas pessoas, por ${team.administrator.name}`)).toBeVisible();
});

test('an administrator blocks several at once', async ({ team, sim, seat }, testInfo) => {
  const people = ['Gil', 'Nara', 'Otto'].map(aPerson);
  for (const person of people) await sim.write(person, 'Promoção imperdível');
  const { page } = await seat(team.administrator, { path: '/contatos' });
  await page.getByRole('button', { name: 'Selecionar' }).click();
  for (const person of people.slice(0, 2)) {
    await page.getByRole('checkbox', { name: `Selecionar ${person.name}` }).check();
  }
  await expect(page.getByText('2 selecionados')).toBeVisible();
  for (const width of [1440, 1024, 390]) await keepPicture(page, testInfo, 'selecting', width);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Bloquear selecionados' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Bloquear 2 contatos?' });
  await expect(dialog.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  const meant = dialog.getByRole('list', { name: 'Contatos escolhidos' }).getByRole('listitem');
  await expect(meant).toHaveText([people[0]?.name ?? '', people[1]?.name ?? '']);
  const impact = dialog.getByRole('region', { name: 'O que estes bloqueios interrompem' });
  await expect(impact).toContainText('2 conversas abertas');
  await expect(impact).toContainText('no WhatsApp, aplica agora: 2');
  await keepPicture(page, testInfo, 'bulk-block', 390);
  await keepPicture(page, testInfo, 'bulk-block', 1440);
  await dialog.getByRole('radio', { name: 'Spam' }).check();
  await dialog.getByRole('button', { name: 'Bloquear selecionados' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('2 contatos bloqueados')).toBeVisible();
  await expect(page.getByTestId('person-row')).toHaveCount(1);
  await page.getByRole('tab', { name: 'Bloqueados' }).click();
  await expect(page.getByTestId('person-row')).toHaveCount(2);
});

test('the page of contacts in the dark, and narrow', async ({ team, sim, seat }, testInfo) => {
  const [ana, rui] = [aPerson('Ana Carolina de Albuquerque e Vasconcelos'), aPerson('Rui')];
  for (const person of [ana, rui]) await sim.write(person, 'Oi');
  const { page } = await seat(team.administrator, { path: '/contatos', colorScheme: 'dark' });
  await expect(contactRow(page, rui)).toBeVisible();
  for (const width of [1440, 1024, 390]) await keepPicture(page, testInfo, 'list-dark', width);
  const detail = await openContact(page, ana);
  await detail.getByRole('button', { name: 'Dividir contato' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Dividir contato' });
  await dialog.getByRole('checkbox').first().check();
  for (const width of [1440, 390]) await keepPicture(page, testInfo, 'split-dark', width);
  await expectAccessible(page, 'splitting a contact');
  await dialog.getByRole('button', { name: 'Cancelar' }).click();
  await keepPicture(page, testInfo, 'detail-dark', 390);
});
