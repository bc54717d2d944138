import { expectAccessible } from './support/accessibility.ts';
import {
  chooseFromMenu,
  openConversation,
  rowOf,
  threadOf,
} from './support/conversation-screen.ts';
import { keepPicture } from './support/keep-picture.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test('a name that offends is hidden everywhere at once, decided, and not learnt again', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  test.slow();
  const rude = aPerson('Xingamento');
  const masked = `+55 11 ••••-${rude.phone.slice(-4)}`;
  await sim.write(rude, 'Bom dia');
  const { page: agent } = await seat(team.agent);
  const { page: other } = await seat(team.colleague, { server: 1 });
  const { page: moderator } = await seat(team.moderator, { server: 1, path: '/solicitacoes' });
  await openConversation(other, rude);
  await openConversation(agent, rude);

  await chooseFromMenu(agent, 'Solicitar remoção do nome');
  const dialog = agent.getByRole('dialog', { name: 'Solicitar remoção do nome?' });
  await expect(dialog).not.toContainText(rude.name);
  await dialog.getByRole('button', { name: 'Solicitar remoção' }).click();
  await expect(dialog.getByText('Escolha o motivo.')).toBeVisible();
  await dialog.getByText('Ofensa', { exact: true }).click();
  await expectAccessible(agent, 'asking for a name to be removed');
  for (const width of [1440, 390]) await keepPicture(agent, testInfo, 'name-ask', width);
  await agent.setViewportSize({ width: 1440, height: 900 });
  await dialog.getByRole('button', { name: 'Solicitar remoção' }).click();
  await expect(agent.getByText(/Nome ocultado para todos\./)).toBeVisible();
  for (const page of [agent, other]) {
    await expect(page.getByRole('heading', { level: 2, name: masked }).first()).toBeVisible();
    await expect(rowOf(page, masked)).toBeVisible();
    await expect(page.locator('body')).not.toContainText(rude.name);
  }
  await expect(agent.getByText('Nome oculto enquanto a solicitação é analisada')).toBeVisible();
  await keepPicture(agent, testInfo, 'name-covered', 1440);

  const row = moderator.getByTestId('removal-row').filter({ hasText: masked });
  await expect(row).toContainText('Nome do contato');
  await row.getByRole('link').click();
  const view = moderator.getByRole('region', { name: /^Nº / });
  await expect(view).not.toContainText(rude.name);
  await view.getByRole('button', { name: 'Mostrar' }).click();
  await expect(view.getByText(rude.name)).toBeVisible();
  await expectAccessible(moderator, 'a request about a name');
  for (const width of [1440, 1024, 390]) await keepPicture(moderator, testInfo, 'name-desk', width);
  await moderator.setViewportSize({ width: 1440, height: 900 });
  await view.getByRole('button', { name: 'Ocultar' }).click();
  await expect(view).not.toContainText(rude.name);
  await view.getByRole('radio', { name: 'Remover' }).check();
  await view.getByRole('button', { name: 'Decidir', exact: true }).click();
  const last = moderator.getByRole('alertdialog', { name: 'Remover o nome?' });
  await expect(last.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await last.getByRole('button', { name: 'Remover' }).click();
  await expect(view.getByText('Tudo o que devia sair saiu.')).toBeVisible({ timeout: 30_000 });
  await keepPicture(moderator, testInfo, 'name-removed', 1440);

  // Whoever writes on under it is not called by it.
  await sim.write(rude, 'ainda eu');
  await expect(threadOf(other)).toContainText('ainda eu');
  await expect(other.locator('body')).not.toContainText(rude.name);
  await expect(other.getByText('Nome removido pela equipe responsável')).toBeVisible();
  await other.getByRole('button', { name: 'Mudar nome' }).click();
  await other.getByRole('textbox', { name: 'Nome' }).fill('Cliente do pedido 12');
  await other.getByRole('button', { name: 'Salvar nome' }).click();
  await expect(rowOf(agent, 'Cliente do pedido 12')).toBeVisible();

  // Of somebody whom only the address book knows there is a name, and no conversation.
  const silent = aPerson('Ofensa da agenda');
  await sim.write(silent, { type: 'contact_sync', bookName: silent.name });
  await agent.getByRole('link', { name: 'Contatos' }).click();
  await agent.getByRole('link', { name: silent.name }).click();
  const detail = agent.getByTestId('person-detail');
  await detail.getByRole('button', { name: 'Solicitar remoção do nome' }).click();
  await expect(dialog).toBeVisible();
  await agent.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(detail).toBeVisible();
  await detail.getByRole('button', { name: 'Solicitar remoção do nome' }).click();
  await dialog.getByText('Ofensa', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Solicitar remoção' }).click();
  const maskedSilent = `+55 11 ••••-${silent.phone.slice(-4)}`;
  await expect(detail.getByRole('heading', { level: 2, name: maskedSilent })).toBeVisible();
  await moderator
    .getByTestId('removal-row')
    .filter({ hasText: maskedSilent })
    .getByRole('link')
    .click();
  await expect(view.getByText('Nenhum: sem conversa')).toBeVisible();
  // Whoever reviews need not ask: one step, and the record of both.
  const rudest = aPerson('Ofensa à vista');
  await sim.write(rudest, 'Boa tarde');
  const maskedRudest = `+55 11 ••••-${rudest.phone.slice(-4)}`;
  const { page: second } = await seat(team.moderator);
  await openConversation(second, rudest);
  await chooseFromMenu(second, 'Solicitar remoção do nome');
  const asked = second.getByRole('dialog', { name: 'Solicitar remoção do nome?' });
  await asked.getByRole('button', { name: 'Remover agora…' }).click();
  await expect(asked.getByText('Escolha o motivo.')).toBeVisible();
  await asked.getByText('Ofensa', { exact: true }).click();
  await asked.getByRole('button', { name: 'Remover agora…' }).click();
  const sure = second.getByRole('dialog', { name: 'Remover o nome agora?' });
  await expect(sure.getByRole('button', { name: 'Voltar' })).toBeFocused();
  await expectAccessible(second, 'removing a name at sight');
  for (const width of [1440, 1024, 390])
    await keepPicture(second, testInfo, 'name-at-sight', width);
  await second.setViewportSize({ width: 1440, height: 900 });
  await second.keyboard.press('Escape');
  await expect(asked.getByRole('button', { name: 'Remover agora…' })).toBeVisible();
  await asked.getByRole('button', { name: 'Remover agora…' }).click();
  await sure.getByRole('button', { name: 'Remover agora' }).click();
  await expect(
    second.getByText(/o nome está sendo removido|Nome removido\. Solicit/),
  ).toBeVisible();
  await expect(second.getByRole('heading', { level: 2, name: maskedRudest }).first()).toBeVisible();
  await expect(second.locator('body')).not.toContainText(rudest.name);

  await view.getByRole('link', { name: maskedSilent }).click();
  await expect(moderator).toHaveURL(/\/contatos\/.+/);
});
