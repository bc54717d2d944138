import { expectAccessible } from './support/accessibility.ts';
import { expectNowhere } from './support/ask-removal-screen.ts';
import { nextSecond } from './support/block-screen.ts';
import { bubble, openConversation, rowOf, say, threadOf } from './support/conversation-screen.ts';
import { keepBoth, keepPicture } from './support/keep-picture.ts';
import { aPerson } from './support/person.ts';
import {
  askRemoval,
  keepAll,
  openRemoval,
  removalDialog,
  removalItems,
  removalRow,
  removalRows,
} from './support/removal-screen.ts';
import { expect, test } from './support/story.ts';

test('a moderator looks, removes, and it is gone everywhere; the agent reads the answer', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  test.slow();
  const rui = aPerson('Rui');
  await sim.write(rui, 'Bom dia');
  await sim.write(rui, 'palavra que fere');
  const larissa = await seat(team.agent);
  const diego = await seat(team.colleague, { server: 1 });
  const { page: moderator } = await seat(team.moderator, { server: 1, path: '/solicitacoes' });
  await expect(moderator.getByText('Nenhuma solicitação à espera.')).toBeVisible();
  await openConversation(diego.page, rui);
  await expect(bubble(diego.page, 'palavra que fere')).toBeVisible();

  const id = await openConversation(larissa.page, rui);
  const request = await askRemoval(larissa, id, ['palavra que fere'], {
    reason: 'offense',
    note: 'Ofendeu a atendente.',
  });
  await expect(bubble(diego.page, 'palavra que fere')).toHaveCount(0);

  // Live, with a counter; nothing of what was written.
  await expect(
    moderator.getByRole('link', { name: 'Solicitações, 1 solicitação à espera' }),
  ).toBeVisible();
  const row = removalRow(moderator, request);
  await expect(row).toContainText('Ofensa');
  await expect(row).toContainText(rui.name);
  await expect(row).toContainText(`Por ${team.agent.name}`);
  await expect(row).toContainText('Vence em');
  const view = await openRemoval(moderator, request);
  await expect(view).toContainText('Ofendeu a atendente.');
  await expect(view).toContainText('Bom dia');
  await expect(moderator.getByText('palavra que fere')).toHaveCount(0);
  await keepBoth(moderator, testInfo, 'desk-open');

  await view.getByRole('button', { name: 'Assumir' }).click();
  await expect(row).toContainText('Em análise');
  await expect(view.getByRole('button', { name: 'Devolver' })).toBeVisible();
  const [item] = await removalItems(view).all();
  if (!item) throw new Error('the request has no message');
  await item.getByRole('button', { name: 'Mostrar' }).click();
  await expect(item.getByText('palavra que fere')).toBeVisible();
  await item.getByRole('button', { name: 'Ocultar' }).click();
  await expect(moderator.getByText('palavra que fere')).toHaveCount(0);
  await expect(item.getByRole('button', { name: 'Mostrar' })).toBeFocused();

  // Nothing is chosen for anybody, and the last question has the focus on its way out.
  const decide = view.getByRole('button', { name: 'Decidir', exact: true });
  await decide.click();
  await expect(view.getByText('Escolha Remover ou Manter')).toBeVisible();
  await item.getByRole('radio', { name: 'Remover' }).check();
  await view.getByRole('textbox', { name: /^Resposta/ }).fill('Fez bem em pedir.');
  await decide.click();
  const dialog = removalDialog(moderator, 'Remover uma mensagem?');
  await expect(dialog).toContainText('não pode ser desfeito');
  await expect(dialog.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Remover' }).click();
  await expect(dialog).toBeHidden();
  await expect(view.getByText('Tudo o que devia sair saiu.')).toBeVisible({ timeout: 30_000 });
  await expect(item).toHaveAttribute('data-state', 'removed');
  await expect(removalRows(moderator)).toHaveCount(0);
  await keepBoth(moderator, testInfo, 'desk-decided');

  await expect(threadOf(diego.page)).toContainText('Conteúdo removido pela equipe responsável');
  await keepBoth(diego.page, testInfo, 'tombstone');
  await expectNowhere(diego.page, 'palavra que fere');

  // Whoever asked is told wherever they are, and a quiet mark stays until it is read.
  const { page: agent } = larissa;
  await expect(
    agent.getByText(`Solicitação nº ${request.number}: conteúdo removido.`),
  ).toBeVisible();
  await agent.getByRole('link', { name: 'Solicitações, 1 decisão a ler' }).click();
  await expect(removalRow(agent, request)).toContainText('Nova decisão');
  const own = await openRemoval(agent, request);
  await expect(own).toContainText('Fez bem em pedir.');
  await expect(own.getByText('Removida', { exact: true }).first()).toBeVisible();
  await expect(own.getByRole('button', { name: 'Mostrar' })).toHaveCount(0);
  await expect(agent.getByRole('link', { name: 'Solicitações', exact: true })).toBeVisible();
  await expect(removalRow(agent, request)).not.toContainText('Nova decisão');
  await keepBoth(agent, testInfo, 'own');
});

test('what was decided while one was away is one sentence, however much it is', async ({
  team,
  sim,
  seat,
}) => {
  const lia = aPerson('Lia');
  await sim.write(lia, 'primeira que fere');
  await sim.write(lia, 'segunda que fere');
  const larissa = await seat(team.agent);
  const id = await openConversation(larissa.page, lia);
  const first = await askRemoval(larissa, id, ['primeira que fere'], { reason: 'offense' });
  const second = await askRemoval(larissa, id, ['segunda que fere'], { reason: 'offense' });
  await larissa.page.close();
  const renato = await seat(team.moderator, { server: 1 });
  for (const request of [first, second]) await keepAll(renato, request);

  const { page } = await seat(team.agent);
  const said = page.getByText('2 das suas solicitações foram decididas.');
  await expect(said).toBeVisible();
  await expect(page.getByText('o conteúdo foi mantido')).toHaveCount(0);
  await page.getByRole('region', { name: 'Avisos' }).getByRole('button', { name: 'Ver' }).click();
  for (const request of [first, second]) {
    await expect(removalRow(page, request)).toContainText('Nova decisão');
  }
});

test('what is kept is there again as it was; asker and team talk inside the request', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const ana = aPerson('Ana');
  await sim.write(ana, 'frase inocente');
  const larissa = await seat(team.agent);
  const id = await openConversation(larissa.page, ana);
  const request = await askRemoval(larissa, id, ['frase inocente'], { reason: 'other' });
  await expect(bubble(larissa.page, 'frase inocente')).toHaveCount(0);
  const { page: agent } = await seat(team.agent, { path: `/solicitacoes/${request.id}` });
  const { page: moderator } = await seat(team.moderator, { server: 1, path: '/solicitacoes' });
  const view = await openRemoval(moderator, request);

  await view.getByRole('textbox', { name: 'Novo comentário' }).fill('O que há de errado nela?');
  await view.getByRole('button', { name: 'Comentar' }).click();
  await expect(agent.getByText('O que há de errado nela?')).toBeVisible();
  await agent.getByRole('textbox', { name: 'Novo comentário' }).fill('Nada, foi engano.');
  await agent.getByRole('button', { name: 'Comentar' }).click();
  await expect(view.getByText('Nada, foi engano.')).toBeVisible();

  await removalItems(view).first().getByRole('radio', { name: 'Manter' }).check();
  await view.getByRole('button', { name: 'Decidir', exact: true }).click();
  await expect(view.getByText('Diga por que fica.')).toBeVisible();
  await keepPicture(
    moderator,
    testInfo,
    'why-it-stays',
    1440,
    view.getByText('Por que fica', { exact: true }),
  );
  await view.getByRole('radio', { name: 'Não fere as regras' }).check();
  await view.getByRole('button', { name: 'Decidir', exact: true }).click();
  await expect(removalItems(view).first()).toHaveAttribute('data-state', 'kept');
  await expect(bubble(larissa.page, 'frase inocente')).toBeVisible();
  await keepBoth(larissa.page, testInfo, 'kept');
  await expect(
    agent.getByText(`Solicitação nº ${request.number}: o conteúdo foi mantido.`),
  ).toBeVisible();
});

test('for some reasons two people must agree, and the first cannot be the second', async ({
  team,
  sim,
  seat,
}) => {
  test.slow();
  const davi = aPerson('Davi');
  await sim.write(davi, 'coisa imprópria');
  const { page: administrator } = await seat(team.administrator, {
    path: '/ajustes/solicitacoes',
  });
  await administrator.getByRole('checkbox', { name: 'Conteúdo sexual' }).check();
  await administrator.getByRole('button', { name: 'Salvar' }).click();
  await expect(administrator.getByText('Ajustes salvos')).toBeVisible();

  const larissa = await seat(team.agent);
  const id = await openConversation(larissa.page, davi);
  const request = await askRemoval(larissa, id, ['coisa imprópria'], { reason: 'sexual' });
  const { page: moderator } = await seat(team.moderator, { server: 1, path: '/solicitacoes' });
  const view = await openRemoval(moderator, request);
  await removalItems(view).first().getByRole('radio', { name: 'Remover' }).check();
  await view.getByRole('button', { name: 'Decidir', exact: true }).click();
  const proposal = removalDialog(moderator, 'Propor a remoção de uma mensagem?');
  await proposal.getByRole('button', { name: 'Propor remoção' }).click();
  await expect(view).toContainText('Você propôs remover.');
  await expect(removalItems(view).first().getByRole('radio', { name: 'Remover' })).toBeDisabled();

  await administrator.goto('/solicitacoes');
  const second = await openRemoval(administrator, request);
  await expect(second).toContainText(`${team.moderator.name} propôs remover.`);
  await removalItems(second).first().getByRole('radio', { name: 'Remover' }).check();
  await second.getByRole('checkbox', { name: 'Bloquear o contato também' }).check();
  await second.getByRole('button', { name: 'Decidir', exact: true }).click();
  await expect(second.getByText('Escolha um motivo.')).toBeVisible();
  await second.getByRole('radio', { name: 'Conteúdo impróprio' }).check();
  await second.getByRole('button', { name: 'Decidir', exact: true }).click();
  const last = removalDialog(administrator, 'Remover uma mensagem?');
  await expect(last).toContainText(`${davi.name} é bloqueado no mesmo passo.`);
  await last.getByRole('button', { name: 'Remover' }).click();
  await expect(removalItems(view).first()).toHaveAttribute('data-state', 'removed');
  await administrator.goto('/bloqueios');
  await expect(administrator.getByRole('row').filter({ hasText: davi.name })).toContainText(
    'Conteúdo impróprio',
  );
});

test('a picture is grey and blurred first, and gone with the request', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const bia = aPerson('Bia');
  await sim.write(bia, 'Olá');
  const larissa = await seat(team.agent);
  const id = await openConversation(larissa.page, bia);
  await say(larissa.page, 'Oi, Bia');
  await expect(bubble(larissa.page, 'Oi, Bia').getByText('Lida')).toBeAttached();
  await nextSecond();
  await sim.write(bia, { type: 'image', text: 'legenda' });
  await expect(bubble(larissa.page, 'legenda').locator('img')).toBeVisible();
  const request = await askRemoval(larissa, id, ['image'], { reason: 'sexual' });
  const { page: moderator } = await seat(team.moderator, { server: 1, path: '/solicitacoes' });
  const view = await openRemoval(moderator, request);
  const item = removalItems(view).first();
  await expect(moderator.locator('[data-blurred]')).toHaveCount(0);
  await item.getByRole('button', { name: 'Mostrar' }).click();
  await expect(item.getByText('legenda')).toBeVisible();
  await expect(item.locator('img[data-blurred="true"]')).toBeVisible();
  await keepBoth(moderator, testInfo, 'desk-blurred', item);
  await item.getByRole('button', { name: 'Ver nítido' }).click();
  await expect(item.locator('img[data-blurred="false"]')).toBeVisible();

  await moderator.getByRole('link', { name: 'Conversas', exact: true }).click();
  await moderator.getByRole('tab', { name: 'Todas' }).click();
  await expect(rowOf(moderator, bia.name)).toBeVisible();
  await moderator.goBack();
  await expect(item.getByRole('button', { name: 'Mostrar' })).toBeVisible();
  await expect(moderator.getByText('legenda')).toHaveCount(0);
});

test('the page shuts nobody out', async ({ team, sim, seat }) => {
  test.slow();
  const leo = aPerson('Leo');
  await sim.write(leo, 'primeira');
  await sim.write(leo, 'segunda');
  const larissa = await seat(team.agent);
  const id = await openConversation(larissa.page, leo);
  const request = await askRemoval(larissa, id, ['segunda'], { reason: 'fraud', note: 'Golpe.' });
  const { page: moderator } = await seat(team.moderator, { server: 1, path: '/solicitacoes' });
  await expect(removalRow(moderator, request)).toBeVisible();
  await expectAccessible(moderator, 'the queue of removal requests');
  await moderator.keyboard.press('j');
  const view = moderator.getByRole('region', { name: `Nº ${request.number}`, exact: true });
  await expect(view).toContainText('primeira');
  await removalItems(view).first().getByRole('button', { name: 'Mostrar' }).click();
  await expect(view.getByText('segunda')).toBeVisible();
  await expectAccessible(moderator, 'a removal request, looked at');
  await removalItems(view).first().getByRole('radio', { name: 'Remover' }).check();
  await view.getByRole('button', { name: 'Decidir', exact: true }).click();
  await expect(removalDialog(moderator, 'Remover uma mensagem?')).toBeVisible();
  await expectAccessible(moderator, 'the question before a removal');
  await moderator.keyboard.press('Escape');
  await expect(removalDialog(moderator, 'Remover uma mensagem?')).toBeHidden();

  await larissa.page.goto(`/solicitacoes/${request.id}`);
  await expect(larissa.page.getByText('Oculta para todos enquanto')).toBeVisible();
  await expectAccessible(larissa.page, 'a request of one’s own');
  const { page: administrator } = await seat(team.administrator, {
    path: '/ajustes/solicitacoes',
  });
  await administrator.getByRole('textbox', { name: 'Prazo em horas' }).fill('0');
  await expect(administrator.getByText('Escreva um número inteiro de 1 a 720.')).toBeVisible();
  await expectAccessible(administrator, 'the settings of removal requests');
});
