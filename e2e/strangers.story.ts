import { expectAccessible } from './support/accessibility.ts';
import { openConversation, rowOf, say, threadOf } from './support/conversation-screen.ts';
import { keepPicture } from './support/keep-picture.ts';
import { filesOf, openShelf } from './support/media-screen.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test('the media of a stranger is covered with all that it says, until each of us asks', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  test.slow();
  const vera = aPerson('Vera');
  await sim.write(vera, { type: 'image', text: 'legenda que ninguém pediu' });
  await sim.write(vera, { type: 'document', filename: 'nome que diz tudo.pdf' });
  const { page: admin } = await seat(team.administrator, { path: '/ajustes/midia' });
  await admin.getByRole('radio', { name: 'Um borrão cinza' }).check();
  await keepPicture(admin, testInfo, 'settings', 1440);
  await admin.getByRole('button', { name: 'Salvar' }).click();
  await expect(admin.getByText('Regras da mídia oculta salvas')).toBeVisible();
  await expectAccessible(admin, 'the settings of covered media');
  await keepPicture(admin, testInfo, 'settings', 390);

  const larissa = await seat(team.agent);
  const diego = await seat(team.colleague, { server: 1, colorScheme: 'dark' });
  for (const { page } of [larissa, diego]) {
    await openConversation(page, vera);
    await expect(filesOf(page, 'image', 'covered')).toContainText('Imagem oculta');
    await expect(filesOf(page, 'document', 'covered')).toContainText('Documento oculto');
    await expect(page.locator('[data-placeholder]')).toBeVisible();
    await expect(rowOf(page, vera.name)).toContainText('Documento oculto');
    expect(await page.content()).not.toMatch(/legenda que ninguém|nome que diz tudo/);
  }
  const shelf = await openShelf(larissa.page);
  await expect(shelf).toContainText('Imagem oculta');
  await keepPicture(larissa.page, testInfo, 'covered', 1440);
  await keepPicture(diego.page, testInfo, 'covered-dark', 1440);
  await keepPicture(diego.page, testInfo, 'covered-dark', 390);
  await expectAccessible(diego.page, 'covered media in the dark');

  await filesOf(larissa.page, 'image', 'covered').getByRole('button', { name: 'Mostrar' }).click();
  await expect(threadOf(larissa.page)).toContainText('legenda que ninguém pediu');
  await filesOf(larissa.page, 'document', 'covered')
    .getByRole('button', { name: 'Mostrar' })
    .click();
  await expect(filesOf(larissa.page, 'document')).toContainText('nome que diz tudo.pdf');
  const tile = shelf.getByRole('button', { name: 'Abrir imagem' });
  await expect(tile.getByRole('img', { name: 'legenda que ninguém pediu' })).toBeVisible();
  await keepPicture(larissa.page, testInfo, 'shown', 1440);
  // In the grid as in the thread.
  await shelf.getByRole('button', { name: 'Ocultar' }).click();
  await expect(threadOf(larissa.page)).not.toContainText('legenda que ninguém pediu');
  await expect(tile).toHaveCount(0);
  expect(await diego.page.content()).not.toMatch(/legenda que ninguém|nome que diz tudo/);

  // Without an answer, for what arrives from then on; and back.
  await threadOf(diego.page)
    .getByRole('button', { name: 'Sempre mostrar deste contato' })
    .first()
    .click();
  await expect(diego.page.getByText('chega à mostra')).toBeVisible();
  await sim.write(vera, { type: 'sticker' });
  await expect(filesOf(diego.page, 'sticker')).toBeVisible();
  await expect(filesOf(diego.page, 'image', 'covered')).toBeVisible();
});

test('a flagged contact stays covered, and one of us may have everything covered', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  const rui = aPerson('Rui');
  await sim.write(rui, 'Bom dia');
  const { page: moderator } = await seat(team.moderator);
  await openConversation(moderator, rui);
  await say(moderator, 'Bom dia, Rui');
  // What has not left is no answer.
  await expect(threadOf(moderator)).toContainText(/Enviada|Entregue|Lida/);
  await sim.write(rui, { type: 'image', text: 'a caixa amassada' });
  await expect(threadOf(moderator)).toContainText('a caixa amassada');

  const { page } = await seat(team.agent, { server: 1, path: '/ajustes/perfil' });
  await page.getByRole('switch', { name: 'Cobrir toda mídia recebida' }).check();
  await expect(page.getByText('Toda mídia recebida está oculta para você')).toBeVisible();
  await keepPicture(page, testInfo, 'profile', 1440, page.getByText('Cobrir toda mídia recebida'));
  await page.goto('/conversas');
  await openConversation(page, rui);
  await expect(filesOf(page, 'image', 'covered')).toBeVisible();
  await expect(threadOf(page)).not.toContainText('a caixa amassada');

  const panel = moderator.getByTestId('contact-panel');
  await panel.getByRole('button', { name: 'Sinalizar: sempre ocultar' }).click();
  await expect(panel).toContainText('O que chega dele é sempre ocultado.');
  await keepPicture(moderator, testInfo, 'flagged', 1440);
  await sim.write(rui, { type: 'document', filename: 'outro nome.pdf' });
  await expect(filesOf(moderator, 'document', 'covered')).toBeVisible();
  await expect(threadOf(moderator)).not.toContainText('outro nome.pdf');
  await panel.getByRole('button', { name: 'Tirar a sinalização' }).click();
  await expect(panel).toContainText('Como de costume');
  await page.goto('/ajustes/perfil');
  await page.getByRole('switch', { name: 'Cobrir toda mídia recebida' }).uncheck();
  await expect(page.getByText('A mídia recebida segue o espaço de trabalho')).toBeVisible();
});
