import { expectAccessible } from './support/accessibility.ts';
import { keepPicture } from './support/keep-picture.ts';
import { expect, test } from './support/story.ts';

test('a number on the Business app brings its history and address book along', async ({
  team,
  seat,
  sim,
}, testInfo) => {
  test.slow();
  await sim.joinApp();
  const { page } = await seat(team.administrator, { path: '/ajustes/canais' });
  await page.getByRole('link', { name: new RegExp(team.shop) }).click();
  const part = (name: string) => page.getByRole('region', { name, exact: true });
  const history = part('Histórico das conversas');
  const book = part('Agenda do celular');
  await expect(history).toContainText('Ninguém pediu ainda');
  await keepPicture(page, testInfo, 'business-app-offered', 390, history);

  // Which fields are needed stands beside the address of the webhook.
  const fields = part('Campos do webhook para assinar');
  for (const field of ['messages', 'history', 'smb_app_state_sync', 'calls']) {
    await expect(fields.getByText(field, { exact: true })).toBeVisible();
  }
  await expect(page.getByText('20 mensagens por segundo, fixas', { exact: false })).toBeVisible();
  await expectAccessible(page, 'the page of a number on the Business app');

  await book.getByRole('button', { name: 'Pedir a agenda' }).click();
  await expect(book).toContainText(/Pedimos em|Última entrada recebida em/);
  await history.getByRole('button', { name: 'Pedir o histórico' }).click();
  await expect(history.getByRole('button')).toBeHidden();
  await expect(history).toContainText('Importado por inteiro em', { timeout: 30_000 });
  await keepPicture(page, testInfo, 'business-app-done', 1440, history);
});

test('a history that the owner keeps says so, and half of one says how far it is', async ({
  team,
  seat,
  sim,
}, testInfo) => {
  await sim.joinApp();
  const history = (value: object) => sim.account({ field: 'history', value, withNumber: true });
  const { page } = await seat(team.administrator, { path: '/ajustes/canais' });
  await page.getByRole('link', { name: new RegExp(team.shop) }).click();
  const state = page.getByRole('region', { name: 'Histórico das conversas', exact: true });
  await history({
    history: [{ metadata: { phase: 1, chunk_order: 1, progress: 55 }, threads: [] }],
  });
  await expect(state).toContainText('55 % importado', { timeout: 20_000 });
  await expect(page.getByRole('progressbar', { name: 'Importação do histórico' })).toBeVisible();
  await keepPicture(page, testInfo, 'business-app-running', 1440, state);
  await history({ history: [{ errors: [{ code: 2_593_109, title: 'turned off' }] }] });
  await expect(state).toContainText('não compartilhar o histórico', { timeout: 20_000 });
  await keepPicture(page, testInfo, 'business-app-declined', 1440, state);
});
