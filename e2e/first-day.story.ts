import { expectAccessible } from './support/accessibility.ts';
import { chooseTab } from './support/conversation-screen.ts';
import { keepBoth } from './support/keep-picture.ts';
import { expect, test } from './support/story.ts';

test('on the first day every list says why it is empty, and what comes next', async ({
  team,
  seat,
}, testInfo) => {
  const { page } = await seat(team.agent);
  await expect(page.getByText('Nenhuma conversa ainda')).toBeVisible();
  await keepBoth(page, testInfo, 'everything');

  await chooseTab(page, 'Minhas');
  await expect(page.getByText('Nenhuma conversa com você agora')).toBeVisible();
  await keepBoth(page, testInfo, 'mine');
  await page.getByRole('button', { name: 'Ver a Fila' }).click();
  await expect(page.getByText('A fila está vazia')).toBeVisible();
  await keepBoth(page, testInfo, 'queue');
  await expectAccessible(page, 'an empty queue');

  await chooseTab(page, 'Todas');
  await page.getByRole('button', { name: 'Não lidas' }).click();
  await expect(page.getByText('Tudo lido por aqui')).toBeVisible();
  await keepBoth(page, testInfo, 'unread');
  await page.getByRole('button', { name: 'Mostrar todas' }).click();
  await expect(page.getByText('Nenhuma conversa ainda')).toBeVisible();

  await page.getByRole('searchbox').fill('ninguém se chama assim');
  await expect(page.getByText('Nada encontrado para “ninguém se chama assim”')).toBeVisible();
  await keepBoth(page, testInfo, 'search');
});
