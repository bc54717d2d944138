import { expectAccessible } from './support/accessibility.ts';
import {
  askAway,
  askDialogOf,
  expectNowhere,
  listenFor,
  withheldOf,
} from './support/ask-removal-screen.ts';
import { nextSecond } from './support/block-screen.ts';
import {
  blockedBarOf,
  bubble,
  chooseForMessage,
  chooseTab,
  composerOf,
  openConversation,
  rowOf,
  say,
  threadOf,
} from './support/conversation-screen.ts';
import { keepBoth } from './support/keep-picture.ts';
import { filesOf, openShelf } from './support/media-screen.ts';
import { aPerson } from './support/person.ts';
import { askRemoval } from './support/removal-screen.ts';
import { expect, test } from './support/story.ts';

test.describe.configure({ mode: 'parallel' });

/** Found in no other text. */
const secret = 'zarabatana-violeta';

test('one asks without looking, and it is covered for everybody at once', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  test.slow();
  const vera = aPerson('Vera');
  await sim.write(vera, { type: 'image' });
  const [larissa, diego] = await Promise.all([
    seat(team.agent),
    seat(team.colleague, { server: 1 }),
  ]);
  for (const { page } of [larissa, diego]) {
    await openConversation(page, vera);
    await expect(filesOf(page, 'image', 'covered')).toBeVisible();
  }
  const shelf = await openShelf(diego.page);
  await expect(shelf).toContainText('Imagem oculta');
  await larissa.page.getByRole('button', { name: 'Solicitar remoção', exact: true }).click();
  await expect(askDialogOf(larissa.page)).toContainText('não do celular da pessoa');
  await expectAccessible(larissa.page, 'the dialog that asks for a removal');
  await askDialogOf(larissa.page).getByRole('button', { name: 'Solicitar remoção' }).click();
  await expect(larissa.page.getByText('Escolha o motivo.')).toBeVisible();
  await keepBoth(larissa.page, testInfo, 'ask');
  const at = await askAway(larissa.page, 'Conteúdo sexual');
  await expect(withheldOf(diego.page, 'covered')).toBeVisible({ timeout: 1000 });
  expect(Date.now() - at, 'milliseconds until the other screen').toBeLessThan(1000);
  await expect(shelf).toContainText('Mensagem oculta');
  await expect(shelf).not.toContainText('Imagem oculta');
  await expect(larissa.page.getByText('Solicitação nº 1 enviada.')).toBeVisible();
  for (const { page } of [larissa, diego]) {
    await expect(withheldOf(page, 'covered')).toContainText('Conteúdo ocultado');
    await expect(withheldOf(page, 'covered')).toContainText('Aguardando decisão');
    await expect(filesOf(page, 'image', 'covered')).toHaveCount(0);
    await expect(rowOf(page, vera.name)).toContainText('Mensagem oculta');
    await expect(rowOf(page, vera.name)).not.toContainText('Imagem');
    await expectAccessible(page, 'a covered message');
  }
  await expect(threadOf(larissa.page)).toBeFocused();

  // Whoever meets it covered joins, with a reason of their own.
  await withheldOf(diego.page, 'covered').hover();
  await diego.page.getByRole('button', { name: 'Ações da mensagem' }).click();
  await expect(diego.page.getByRole('menuitem')).toHaveText(['Solicitar remoção']);
  await diego.page.getByRole('menuitem').click();
  await expect(askDialogOf(diego.page)).toContainText('você entra nela');
  await keepBoth(diego.page, testInfo, 'join');
  await askAway(diego.page, 'Dados pessoais');
  await expect(diego.page.getByText('Seu pedido está na solicitação nº 1.')).toBeVisible();
  await expect(withheldOf(diego.page, 'covered')).toBeVisible();
  await expect(diego.page.getByRole('button', { name: 'Ações da mensagem' })).toBeFocused();
  await diego.page.keyboard.press('Alt+KeyO');
  await expect(askDialogOf(diego.page)).toContainText('você entra nela');
  await diego.page.keyboard.press('Escape');
  await expect(askDialogOf(diego.page)).toBeHidden();
  await keepBoth(diego.page, testInfo, 'covered');
});

test('what is covered is nowhere to be read any longer: quote, reply, search, tab', async ({
  team,
  sim,
  seat,
}) => {
  const vera = aPerson('Vera');
  await sim.write(vera, `isto é ${secret}`);
  const [larissa, diego] = await Promise.all([
    seat(team.agent),
    seat(team.colleague, { server: 1 }),
  ]);
  const ears = listenFor(diego.page, secret);
  await diego.page.reload();
  for (const { page } of [larissa, diego]) await openConversation(page, vera);
  await chooseForMessage(larissa.page, secret, 'Responder');
  await say(larissa.page, 'Como assim?');
  await expect(bubble(diego.page, 'Como assim?')).toContainText(secret);

  const original = threadOf(diego.page).getByRole('article').filter({ hasText: secret }).first();
  await original.hover();
  await original.getByRole('button', { name: 'Ações da mensagem' }).click();
  await diego.page.getByRole('menuitem', { name: 'Responder' }).click();
  await composerOf(diego.page).fill('Não entendi');
  await diego.page.getByRole('searchbox').fill(secret);
  const found = diego.page.getByTestId('found-messages');
  await expect(found).toContainText(secret);

  const mine = threadOf(larissa.page).getByRole('article').filter({ hasText: secret }).first();
  await mine.hover();
  await mine.getByRole('button', { name: 'Ações da mensagem' }).click();
  await larissa.page.getByRole('menuitem', { name: 'Solicitar remoção' }).click();
  ears.start();
  await askAway(larissa.page, 'Ofensa');

  await expect(withheldOf(diego.page, 'covered')).toBeVisible({ timeout: 1000 });
  await expect(bubble(diego.page, 'Como assim?')).toContainText('Mensagem oculta');
  await expect(found.getByText(secret)).toHaveCount(0);
  await diego.page.getByRole('searchbox').fill('');
  await expect(composerOf(diego.page)).toHaveValue('Não entendi');
  await expect(diego.page.getByText('Mensagem oculta')).toHaveCount(2);
  await ears.expectNothing();

  await diego.page.reload();
  await expect(withheldOf(diego.page, 'covered')).toBeVisible();
  await expect(bubble(diego.page, 'Como assim?')).toContainText('Mensagem oculta');
  await ears.expectNothing();
});

test('what is kept is back as it was: thread, quote and list', async ({ team, sim, seat }) => {
  const vera = aPerson('Vera');
  await sim.write(vera, `foi ${secret}`);
  const [renato, larissa] = await Promise.all([
    seat(team.moderator),
    seat(team.agent, { server: 1 }),
  ]);
  const id = await openConversation(larissa.page, vera);
  await chooseForMessage(larissa.page, secret, 'Responder');
  await say(larissa.page, 'Como assim?');
  await expect(bubble(larissa.page, 'Como assim?')).toContainText(secret);
  const row = rowOf(larissa.page, vera.name);
  await expect(row).toContainText('Como assim?');
  // WhatsApp counts in whole seconds: in the same one her answer would stand before ours.
  await nextSecond();
  await sim.write(vera, `de novo ${secret}`);
  await expect(row).toContainText(secret);
  const request = await askRemoval(larissa, id, [`foi ${secret}`, `de novo ${secret}`], {
    reason: 'other',
  });
  await expect(withheldOf(larissa.page, 'covered')).toHaveCount(2);
  await expect(row).toContainText('Mensagem oculta');
  await expect(threadOf(larissa.page)).not.toContainText(secret);

  const items = request.items.map(({ messageId }) => ({ messageId, decision: 'keep' }));
  const path = `${renato.server}/api/v1/removal-requests/${request.id}/decisions`;
  const answer = await renato.context.request.post(path, { data: { items } });
  expect(answer.ok(), await answer.text()).toBe(true);
  await expect(withheldOf(larissa.page, 'covered')).toHaveCount(0);
  await expect(bubble(larissa.page, 'Como assim?')).toContainText(secret);
  await expect(bubble(larissa.page, `de novo ${secret}`)).toBeVisible();
  await expect(row).toContainText(secret);
});

test('a picture that is looked at closes when somebody asks for its removal', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const vera = aPerson('Vera');
  await sim.write(vera, 'Oi');
  const [larissa, diego] = await Promise.all([
    seat(team.agent),
    seat(team.colleague, { server: 1 }),
  ]);
  for (const { page } of [larissa, diego]) await openConversation(page, vera);
  await say(larissa.page, 'Bom dia');
  await expect(bubble(larissa.page, 'Bom dia').getByText('Lida')).toBeAttached();
  const caption = `${secret}\n> em https://exemplo.example/caixa veio \`assim\`\n- tampa\n- fundo`;
  await sim.write(vera, { type: 'image', text: caption });
  const viewerOf = (page: typeof diego.page) => page.getByTestId('media-viewer');
  for (const { page } of [larissa, diego]) {
    await page.getByRole('button', { name: 'Abrir imagem' }).click();
    await expect(viewerOf(page)).toContainText(secret);
  }
  await expectAccessible(larissa.page, 'a picture with a formatted caption');
  await keepBoth(larissa.page, testInfo, 'caption');
  await viewerOf(larissa.page).getByRole('button', { name: 'Solicitar remoção' }).click();
  await askAway(larissa.page, 'Discriminação');
  await expect(viewerOf(diego.page)).toHaveCount(0, { timeout: 1000 });
  expect(await diego.page.content()).not.toContain(secret);
});

test('several are chosen by keyboard and asked for together', async ({ team, sim, seat }) => {
  const vera = aPerson('Vera');
  for (const text of ['primeira', 'segunda', 'terceira']) await sim.write(vera, text);
  const { page } = await seat(team.agent);
  await openConversation(page, vera);
  await expect(bubble(page, 'terceira')).toBeVisible();
  await page.keyboard.press('Alt+KeyL');
  const bar = page.getByRole('region', { name: 'Mensagens selecionadas' });
  await expect(bar).toContainText('Nenhuma selecionada');
  await expect(page.getByRole('checkbox', { name: /terceira/ })).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await sim.write(vera, 'quarta');
  await expect(bubble(page, 'quarta')).toBeVisible();
  await expect(bar).toContainText('2 selecionadas');
  await expectAccessible(page, 'choosing messages');
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
  await expect(page).toHaveURL(/\/conversas\/.+/);

  await chooseForMessage(page, 'primeira', 'Selecionar');
  await bubble(page, 'terceira').click({ position: { x: 20, y: 20 } });
  await expect(bar).toContainText('2 selecionadas');
  await page.keyboard.press('Alt+KeyO');
  await expect(askDialogOf(page)).toContainText('2 mensagens');
  await askAway(page, 'Dados pessoais');
  await expect(withheldOf(page, 'covered')).toHaveCount(2);
  await expect(bar).toHaveCount(0);
});

test('an administrator removes at sight and blocks in one step; only whoever reviews reads the number', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  test.slow();
  const vera = aPerson('Vera');
  await sim.write(vera, `olha ${secret}`);
  const [admin, larissa] = await Promise.all([
    seat(team.administrator),
    seat(team.agent, { server: 1 }),
  ]);
  await chooseTab(admin.page, 'Fila');
  for (const { page } of [admin, larissa]) await openConversation(page, vera);
  await chooseForMessage(larissa.page, secret, 'Responder');
  await composerOf(larissa.page).fill('Como assim?');
  await chooseForMessage(admin.page, secret, 'Solicitar remoção');
  const dialog = admin.page.getByRole('dialog');
  await dialog.getByText('Golpe', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Remover agora…' }).click();
  await expect(dialog).toContainText('Não há como desfazer');
  await expect(dialog.getByRole('button', { name: 'Voltar' })).toBeFocused();
  const remove = dialog.getByRole('button', { name: 'Remover agora', exact: true });
  await dialog.getByRole('checkbox', { name: `Bloquear ${vera.name} também` }).check();
  await remove.click();
  await expect(dialog.getByText('Escolha um motivo.')).toBeVisible();
  await dialog.getByRole('radio', { name: 'Conteúdo impróprio' }).check();
  await expectAccessible(admin.page, 'removing at sight, with a block');
  await keepBoth(admin.page, testInfo, 'at-sight');
  await remove.click();
  await expect(admin.page.getByText(/Solicitação nº 1.* Contato bloqueado\.$/)).toBeVisible();
  await expect(blockedBarOf(admin.page)).toBeVisible();
  await expect(withheldOf(admin.page, 'removed')).toContainText('Solicitação nº 1');
  await expect(withheldOf(larissa.page, 'removed')).toHaveText(
    /Conteúdo removido pela equipe responsável\s*\d/,
  );
  await expect(withheldOf(larissa.page, 'removed')).not.toContainText('nº');
  await keepBoth(larissa.page, testInfo, 'tombstone');
  await expectNowhere(larissa.page, secret);
  await expectNowhere(admin.page, secret);
  // The pointer rests on it, so it stays.
  await admin.page.getByRole('button', { name: 'Fechar' }).click();
  await admin.page.getByRole('button', { name: 'Solicitação nº 1' }).click();
  await expect(admin.page).toHaveURL(/\/solicitacoes\/.+/);
});
