import { call, contactOf } from './support/call-api.ts';
import { bubble, chooseTab, openFromContact, rowOf } from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test('the conversation of somebody who is blocked stands in the list when it is opened', async ({
  team,
  sim,
  seat,
}) => {
  const [ugo, ana] = [aPerson('Ugo'), aPerson('Ana')];
  await sim.write(ugo, 'Oi');
  await sim.write(ana, 'Oi');
  const { page } = await seat(team.administrator);
  await chooseTab(page, 'Todas');
  await expect(rowOf(page, ugo.name)).toBeVisible();
  const ugoId = await contactOf(page, ugo);
  await call(page, 'PUT', `contacts/${ugoId}/block`, { reason: 'spam' });
  await expect(rowOf(page, ugo.name)).toBeHidden();

  await page.goto('/bloqueios');
  await page.getByRole('row').getByRole('button', { name: ugo.name, exact: true }).click();
  await page.getByRole('dialog').getByRole('link', { name: ugo.name }).click();
  await openFromContact(page, ugo, team.shop);
  await expect(rowOf(page, ugo.name)).toHaveAttribute('aria-current', /page|true/);
  await expect(page.getByRole('button', { name: 'Bloqueadas' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );

  // It is no choice of a tab: the one that was chosen is kept, here and for the next one who is opened.
  await chooseTab(page, 'Todas');
  await expect(rowOf(page, ana.name)).toBeVisible();
  await expect(bubble(page, 'Oi')).toBeVisible();
  await page.goto(`/contatos/${await contactOf(page, ana)}`);
  await openFromContact(page, ana, team.shop);
  await expect(page.getByRole('tab', { name: 'Todas', selected: true })).toBeVisible();
  await expect(rowOf(page, ana.name)).toBeVisible();

  // Whoever does not see the list of the blocked stays where they are.
  const { page: agent } = await seat(team.agent, { path: `/contatos/${ugoId}` });
  await openFromContact(agent, ugo, team.shop);
  await expect(agent.getByRole('tab', { selected: true })).toHaveCount(1);
  expect(agent.url()).not.toContain('blocked');
});
