import { expectAccessible } from './support/accessibility.ts';
import { blockFromMenu } from './support/block-screen.ts';
import { call, contactOf } from './support/call-api.ts';
import { openConversation } from './support/conversation-screen.ts';
import { keepBoth } from './support/keep-picture.ts';
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

test('the log is read by who did it, also somebody who left, and about one person alone', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const [rui, eva] = [aPerson('Rui'), aPerson('Eva')];
  for (const person of [rui, eva]) await sim.write(person, 'Oi');
  const { page: agent, faults } = await seat(team.agent);
  faults.allow(/401/);
  const contactId = await contactOf(agent, rui);
  await call(agent, 'POST', `contacts/${contactId}/block-requests`, { reason: 'spam' });
  const { page } = await seat(team.administrator);
  const ids = [contactId, await contactOf(page, eva)];
  await call(page, 'POST', 'blocks/bulk', { contactIds: ids, reason: 'fraud' });
  const { items } = (await call(page, 'GET', 'colleagues')) as {
    items: { id: string; name: string }[];
  };
  const left = items.find(({ name }) => name === team.agent.name)?.id;
  await page.request.delete(`/api/v1/members/${left}`, {
    headers: { origin: new URL(page.url()).origin },
  });

  await page.goto('/ajustes/auditoria');
  const log = page.getByRole('listitem');
  await page.getByLabel('Quem').selectOption(team.agent.name);
  await expect(log.filter({ hasText: 'pediu um bloqueio' })).toHaveCount(1);
  await expect(log.filter({ hasText: 'bloqueou um contato' })).toHaveCount(0);
  await page.getByLabel('Assunto').selectOption('Ajuda');
  await expect(page.getByText('Nada registrado com estes filtros')).toBeVisible();
  await page.getByRole('button', { name: 'Limpar filtros' }).click();

  const blocking = log.filter({ hasText: 'bloqueou um contato' });
  await expect(blocking).toHaveCount(2);
  await log.filter({ hasText: 'pediu um bloqueio' }).getByRole('link').click();
  await expect(blocking).toHaveCount(1);
  await expect(page).toHaveURL(new RegExp(`sobre=${contactId}`));
  await expect(page.getByText(/^Só sobre: contato \+55/)).toBeVisible();
  await expectAccessible(page, 'the audit log about one contact');
  await keepBoth(page, testInfo, 'audit-about-one');
  await page.reload();
  await expect(blocking).toHaveCount(1);
  await page.getByRole('button', { name: 'Mostrar tudo' }).click();
  await expect(blocking).toHaveCount(2);
  await expect(page).not.toHaveURL(/sobre=/);
  await page.goBack();
  await expect(blocking).toHaveCount(1);
});

test('agents and moderators have no audit log', async ({ team, seat }) => {
  for (const member of [team.agent, team.moderator]) {
    const { page } = await seat(member, { path: '/ajustes/auditoria' });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Auditoria' })).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Exportar CSV' })).toHaveCount(0);
  }
});
