import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessibility.ts';
import { bubble, chooseTab, rowOf } from './support/conversation-screen.ts';
import { keepPicture } from './support/keep-picture.ts';
import { aPerson } from './support/person.ts';
import { simFor } from './support/sim.ts';
import { expect, test } from './support/story.ts';
import { addNumberOf } from './support/team.ts';

const second = 'Assistência técnica e garantia estendida';
const filterOf = (page: Page) => page.getByRole('combobox', { name: 'Número da empresa' });

test('with two numbers every row says on which it is, and the list can be of one', async ({
  team,
  sim,
  seat,
  doors,
  world,
}, testInfo) => {
  test.slow();
  const [livia, otto] = [aPerson('Lívia'), aPerson('Otto')];
  await sim.write(livia, 'Vocês vendem pilhas?');
  const { page } = await seat(team.agent);
  await chooseTab(page, 'Todas');
  await expect(rowOf(page, livia.name)).toBeVisible();

  await test.step('with one number nothing of it is on the screen', async () => {
    await expect(filterOf(page)).toHaveCount(0);
    await expect(rowOf(page, livia.name)).not.toContainText(team.shop);
    await keepPicture(page, testInfo, 'one-number', 1440);
  });

  const support = simFor(world.simulator, await addNumberOf(team, doors, world, second));
  await support.write(livia, 'Meu rádio quebrou');
  const inShop = rowOf(page, livia.name).filter({ hasText: 'Vocês vendem pilhas?' });
  const inSupport = rowOf(page, livia.name).filter({ hasText: 'Meu rádio quebrou' });

  await test.step('one person on two numbers is two rows that say which', async () => {
    await expect(inShop).toContainText(`Pelo número ${team.shop}`);
    await expect(inSupport).toContainText(`Pelo número ${second}`);
    await expect(filterOf(page).getByRole('option')).toHaveText([
      'Todos os números',
      team.shop,
      second,
    ]);
  });

  await test.step('the list is of one number, with its counters, and stays so', async () => {
    await expect(page.getByRole('tab', { name: 'Fila' })).toContainText('2');
    await filterOf(page).selectOption(second);
    await expect(inShop).toHaveCount(0);
    await expect(inSupport).toBeVisible();
    await expect(page.getByRole('tab', { name: 'Fila' })).toContainText('1');
    await chooseTab(page, 'Fila');
    await page.reload();
    await expect(inSupport).toBeVisible();
    await expect(inShop).toHaveCount(0);
  });

  await test.step('what arrives comes into the list of its number alone', async () => {
    await sim.write(otto, 'Bom dia, loja');
    await support.write(otto, 'Bom dia, assistência');
    const ofOtto = rowOf(page, otto.name);
    await expect(ofOtto).toHaveCount(1);
    await expect(ofOtto).toContainText('Bom dia, assistência');
  });

  await test.step('a search is of that number, and says so', async () => {
    const search = page.getByRole('searchbox', { name: 'Buscar nome, número ou mensagem' });
    await search.fill(livia.name);
    await expect(inSupport).toBeVisible();
    await expect(inShop).toHaveCount(0);
    await search.fill('Ninguém assim');
    await expect(page.getByText(`Procuramos só em ${second}.`)).toBeVisible();
    await search.fill('');
  });

  await test.step('by keys alone', async () => {
    await filterOf(page).focus();
    await page.keyboard.press('Home');
    await expect(inShop).toBeVisible();
    await expect(page).not.toHaveURL(/numero=/);
  });

  await test.step('the command bar says which of the two it would open', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill(livia.name);
    const found = page.getByRole('option', { name: livia.name });
    await expect(found).toHaveCount(2);
    await expect(found.filter({ hasText: `Pelo número ${second}` })).toHaveCount(1);
    await expect(found.filter({ hasText: `Pelo número ${team.shop}` })).toHaveCount(1);
    await keepPicture(page, testInfo, 'command-bar', 1440);
    await page.keyboard.press('Escape');
  });

  await test.step('the open conversation says its number', async () => {
    await inSupport.click();
    const thread = page.getByRole('region', { name: livia.name });
    await expect(thread.getByText(second)).toBeVisible();
    await expect(bubble(page, 'Meu rádio quebrou')).toBeVisible();
    await expect(page.getByTestId('contact-panel').getByText(second)).toBeVisible();
  });

  for (const width of [1440, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await keepPicture(page, testInfo, `thread-${colorScheme}`, width);
    }
  }
  await page.goto('/conversas');
  await filterOf(page).selectOption(second);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect(inSupport).toBeVisible();
    await expectAccessible(page, `the list of a number at ${width}`);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await keepPicture(page, testInfo, `list-${colorScheme}`, width);
    }
  }
  await filterOf(page).selectOption('');
  await keepPicture(page, testInfo, 'all-numbers-dark', 1440);
});
