import { expectAccessible } from './support/accessibility.ts';
import { blockFromMenu } from './support/block-screen.ts';
import { openConversation } from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test('the audit log tells a block, seals it, is filtered and saved as a file', async ({
  team,
  sim,
  seat,
}) => {
  const rui = aPerson('Rui');
  await sim.write(rui, 'Oi');
  const { page } = await seat(team.administrator);
  await openConversation(page, rui);
  await blockFromMenu(page, rui);
  await page.goto('/ajustes/auditoria');
  const log = page.getByRole('listitem');
  const blocking = log.filter({ hasText: 'bloqueou um contato' }).first();
  await expect(blocking).toContainText(team.administrator.name);
  await expect(blocking).not.toContainText(rui.name);
  await expect(log.filter({ hasText: 'entrou' }).first()).toBeVisible();
  await expect
    .poll(async () => {
      await page.reload();
      return blocking.textContent();
    })
    .toContain('Selo nº');

  await page.getByLabel('Assunto').selectOption('Bloqueios');
  await expect(log.filter({ hasText: 'entrou' })).toHaveCount(0);
  await expect(blocking).toBeVisible();
  await page.getByLabel('Até').fill('2020-01-01');
  await expect(page.getByText('Nada registrado com estes filtros')).toBeVisible();
  await page.getByRole('button', { name: 'Limpar filtros' }).click();
  await expect(blocking).toBeVisible();
  await expectAccessible(page, 'the audit log');

  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Exportar CSV' }).click();
  expect((await saving).suggestedFilename()).toBe('auditoria.csv');
});

test('agents and moderators have no audit log', async ({ team, seat }) => {
  for (const member of [team.agent, team.moderator]) {
    const { page } = await seat(member, { path: '/ajustes/auditoria' });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Auditoria' })).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Exportar CSV' })).toHaveCount(0);
  }
});
