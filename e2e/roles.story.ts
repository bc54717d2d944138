import { blockFromMenu } from './support/block-screen.ts';
import { blockedBarOf, openConversation, rowOf } from './support/conversation-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

const onlyAdministration = 'Só a administração pode bloquear. Você pode pedir o bloqueio.';

test('an agent sees that a contact is blocked, and nothing more', async ({ team, sim, seat }) => {
  const rui = aPerson('Rui');
  await sim.write(rui, 'Alô');
  const { page, context, server, faults } = await seat(team.agent);
  faults.allow(/403/);
  const id = await openConversation(page, rui);

  // No way to block: where it would be, one asks for it.
  await page.getByRole('button', { name: 'Mais ações' }).click();
  const item = page.getByRole('menuitem', { name: 'Pedir bloqueio' });
  await expect(item).toContainText(onlyAdministration);
  await expect(page.getByRole('menuitem', { name: 'Bloquear contato' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  const safety = page.getByRole('region', { name: 'Segurança' });
  await expect(safety.getByRole('button', { name: 'Pedir bloqueio' })).toBeEnabled();
  await expect(safety.getByRole('button', { name: 'Bloquear contato' })).toHaveCount(0);
  await expect(safety).toContainText(onlyAdministration);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('bloque');
  await expect(page.getByRole('option', { name: 'Pedir bloqueio' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'Bloquear contato' })).toHaveCount(0);
  await page.keyboard.press('Escape');

  // Neither the page nor the filter nor the settings of administrators.
  await expect(page.getByRole('link', { name: 'Bloqueios' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Bloqueadas' })).toHaveCount(0);
  await page.goto('/bloqueios');
  await expect(page.getByText('Só a moderação e a administração veem os bloqueios.')).toBeVisible();
  await page.goto('/ajustes/pessoas');
  const sections = page.getByRole('navigation', { name: 'Seções dos ajustes' });
  await expect(sections.getByRole('link')).toHaveText(['Perfil']);
  await expect(page.getByRole('heading', { level: 1, name: 'Perfil' })).toBeVisible();

  // Blocked by the administrator: the state without who, why and how often.
  const { page: administrator } = await seat(team.administrator);
  await openConversation(administrator, rui);
  await blockFromMenu(administrator, rui, { reason: 'Discriminação', note: 'Só entre nós' });
  await page.goto(`/conversas/${id}`);
  await expect(blockedBarOf(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Desbloquear', exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Desbloquear contato' })).toBeDisabled();
  // All that the screen asks for has come.
  await expect(page.getByText('Contato desde')).toBeVisible();
  await page.waitForLoadState('networkidle');
  for (const secret of ['Discriminação', 'Só entre nós', 'tentativa', team.administrator.name]) {
    await expect(page.getByText(secret)).toHaveCount(0);
  }

  // The server does not rely on what is drawn.
  const ask = async (method: string, path: string, data?: unknown): Promise<number> => {
    const answer = await context.request.fetch(`${server}${path}`, {
      method,
      ...(data !== undefined && { data }),
    });
    return answer.status();
  };
  const { contactId } = (await (
    await context.request.get(`${server}/api/v1/conversations/${id}`)
  ).json()) as { contactId: string };
  const block = `/api/v1/contacts/${contactId}/block`;
  expect(await ask('PUT', block, { reason: 'spam' })).toBe(403);
  expect(await ask('DELETE', block)).toBe(403);
  expect(await ask('GET', block)).toBe(403);
  expect(await ask('GET', '/api/v1/blocks')).toBe(403);
  expect(await ask('GET', '/api/v1/block-requests/settings')).toBe(403);
  expect(await ask('GET', '/api/v1/conversations?view=blocked')).toBe(403);
  expect(await ask('GET', '/api/v1/members')).toBe(403);
  expect(await ask('GET', '/api/v1/api-keys')).toBe(403);
});

test('moderation sees the details and the page, and cannot block', async ({ team, sim, seat }) => {
  const rui = aPerson('Rui');
  await sim.write(rui, 'Alô');
  const { page: administrator } = await seat(team.administrator);
  await openConversation(administrator, rui);
  const { page } = await seat(team.moderator, { server: 1 });
  await openConversation(page, rui);
  await expect(page.getByRole('button', { name: 'Pedir bloqueio' })).toBeEnabled();
  await expect(page.getByRole('button', { name: 'Bloquear contato' })).toHaveCount(0);

  await blockFromMenu(administrator, rui, { reason: 'Golpe ou fraude', duration: '24 horas' });
  const bar = page.getByRole('region', { name: 'Bloqueado' });
  await expect(bar).toContainText('Golpe ou fraude');
  await expect(bar).toContainText(`por ${team.administrator.name}`);
  await expect(bar).toContainText('desde');
  await expect(bar).toContainText('até');
  await expect(bar).toContainText('tentativa de contato desde o bloqueio');
  await expect(bar.getByRole('button')).toHaveCount(0);

  await page.getByRole('button', { name: 'Bloqueadas' }).click();
  await expect(rowOf(page, rui.name)).toBeVisible();
  await page.getByRole('link', { name: 'Bloqueios' }).click();
  const row = page.getByRole('row').filter({ hasText: rui.name });
  await expect(row).toContainText('Golpe ou fraude');
  await expect(row.getByRole('button', { name: /Desbloquear/ })).toHaveCount(0);
  await page.goto('/ajustes');
  const sections = page.getByRole('navigation', { name: 'Seções dos ajustes' });
  await expect(sections.getByRole('link')).toHaveText(['Perfil']);
});

test('the page of blocks tells who, why, since, until, and what has ended', async ({
  team,
  sim,
  seat,
}) => {
  const rui = aPerson('Rui');
  await sim.write(rui, 'Alô');
  const { page } = await seat(team.administrator);
  await openConversation(page, rui);
  await blockFromMenu(page, rui, { reason: 'Outro', duration: '30 dias' });
  await sim.write(rui, 'Alguém?');
  await page.getByRole('link', { name: 'Bloqueios' }).click();
  const row = page.getByRole('row').filter({ hasText: rui.name });
  await expect(row).toContainText(rui.shownPhone);
  await expect(row).toContainText('Outro');
  await expect(row).toContainText(team.administrator.name);
  await row.getByRole('button', { name: `Desbloquear ${rui.name}` }).click();
  const dialog = page.getByRole('alertdialog', { name: `Desbloquear ${rui.name}?` });
  await dialog.getByRole('button', { name: 'Desbloquear contato' }).click();
  await expect(page.getByText('Nenhum contato bloqueado agora.')).toBeVisible();
  await page.getByRole('tab', { name: 'Encerrados' }).click();
  await expect(row).toContainText(`encerrado por ${team.administrator.name}`);
  await expect(row.getByRole('cell', { name: /^1 ?última/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Todos' }).click();
  await expect(row).toHaveCount(1);
});
