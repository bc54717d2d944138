import { expectAccessible } from './support/accessibility.ts';
import { blockDialogOf } from './support/block-screen.ts';
import { chooseFromMenu, openConversation } from './support/conversation-screen.ts';
import { networkAway } from './support/faults.ts';
import { keepPicture } from './support/keep-picture.ts';
import { aPerson } from './support/person.ts';
import { expect, test } from './support/story.ts';

test.describe.configure({ mode: 'parallel' });

const missing = 'Faltou dizer por quanto tempo\nos backups ficam.';

test('an agent finds an article, says what was missing in it, and administrators read it', async ({
  team,
  seat,
}, testInfo) => {
  test.slow();
  const { page } = await seat(team.agent);
  await page.getByRole('link', { name: 'Ajuda' }).click();
  await expect(page).toHaveURL(/\/ajuda$/);
  await expect(page).toHaveTitle(/Ajuda · Guarita$/);
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(5);
  await expect(page.getByRole('link', { name: 'Respostas da equipe' })).toHaveCount(0);
  await expectAccessible(page, 'the list of articles');
  for (const width of [1440, 1024, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await keepPicture(page, testInfo, `help-${colorScheme}`, width);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });

  // By words that stand in an article, without their accents; what is looked for is in the address.
  const search = page.getByRole('searchbox', { name: 'Procurar na ajuda' });
  await search.fill('boleto');
  await expect(page.getByText('Nenhum artigo fala disso')).toBeVisible();
  await keepPicture(page, testInfo, 'help-nothing-found', 1440);
  await page.getByRole('button', { name: 'Limpar a busca' }).click();
  await search.fill('transacoes banco');
  await expect(page).toHaveURL(/busca=transacoes/);
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(1);
  await expect(page.getByText('1 artigo', { exact: true })).toBeVisible();
  await keepPicture(page, testInfo, 'help-found', 1440);
  await page.getByRole('link', { name: 'O registro de transações do banco (WAL)' }).click();
  await expect(page).toHaveURL(/\/ajuda\/remocao#o-registro-de-transacoes-do-banco-wal$/);
  await expect(page.getByRole('heading', { name: 'O registro de transações' })).toBeInViewport();
  await page.goBack();
  await expect(search).toHaveValue('transacoes banco');
  await page.goForward();

  // With the keyboard alone: no, and what was missing.
  const question = page.getByRole('region', { name: 'Este artigo foi útil?' });
  await expectAccessible(page, 'an article');
  await question.getByRole('button', { name: 'Sim' }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const form = page.getByRole('region', { name: 'Que pena. O que faltou?' });
  const box = form.getByRole('textbox', { name: 'Que pena. O que faltou?' });
  await expect(box).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(form.getByText('Escreva o que faltou.')).toBeVisible();
  await expect(box).toBeFocused();
  await expectAccessible(page, 'what was missing');
  await box.fill(missing);
  for (const width of [1440, 1024, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await keepPicture(page, testInfo, `missing-${colorScheme}`, width, form);
    }
  }
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(
    page.getByText('Obrigado pelo seu feedback. A administração vai ler.'),
  ).toBeFocused();

  const { page: moderator } = await seat(team.moderator, { path: '/ajuda/remocao' });
  await moderator.getByRole('button', { name: 'Sim' }).click();
  await expect(moderator.getByText('Que bom! Obrigado pelo seu feedback')).toBeFocused();
  await moderator.goto('/ajuda/respostas');
  await expect(moderator.getByText('Só a administração lê as respostas.')).toBeVisible();

  const { page: chief } = await seat(team.administrator, { path: '/ajuda' });
  await chief.getByRole('link', { name: 'Respostas da equipe' }).click();
  await expect(
    chief.getByRole('row', { name: 'O que a remoção faz, e o que não faz 1 1' }),
  ).toBeVisible();
  await expect(chief.getByText(missing)).toBeVisible();
  for (const { name } of [team.agent, team.moderator]) {
    await expect(chief.getByText(name)).toHaveCount(0);
  }
  await expectAccessible(chief, 'the answers');
  for (const width of [1440, 1024, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await chief.emulateMedia({ colorScheme });
      await keepPicture(chief, testInfo, `answers-${colorScheme}`, width);
    }
  }
  await chief.getByRole('button', { name: /^Apagar o texto sobre O que a remoção/ }).click();
  const sure = chief.getByRole('alertdialog', { name: 'Apagar este texto?' });
  await expect(sure.getByRole('button', { name: 'Cancelar' })).toBeFocused();
  await sure.getByRole('button', { name: 'Apagar texto' }).click();
  await expect(chief.getByText('Ninguém escreveu o que faltou.')).toBeVisible();
  await expect(chief.getByText(missing)).toHaveCount(0);
  await chief.goto('/ajustes/auditoria');
  await expect(chief.getByText('apagou o que alguém escreveu sobre um artigo')).toBeVisible();
});

test('the dialog that blocks leads to its article, and keeps what was typed', async ({
  team,
  sim,
  seat,
}, testInfo) => {
  test.slow();
  const vera = aPerson('Vera');
  await sim.write(vera, { type: 'image' });
  const { page, context } = await seat(team.administrator);
  await openConversation(page, vera);
  const [covered] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('log').getByRole('link', { name: 'Entenda como funciona' }).click(),
  ]);
  await expect(covered).toHaveURL(/\/ajuda\/midia-oculta#mostrar$/);
  await expect(
    covered.getByRole('heading', { level: 2, name: 'Mostrar', exact: true }),
  ).toBeFocused();
  await covered.close();
  await keepPicture(page, testInfo, 'covered-link', 1440);

  await chooseFromMenu(page, 'Bloquear contato');
  const dialog = blockDialogOf(page, vera);
  await dialog.getByRole('textbox', { name: /^Observação/ }).fill('já ligou três vezes');
  const [article] = await Promise.all([
    context.waitForEvent('page'),
    dialog.getByRole('link', { name: 'Sobre a lista do WhatsApp' }).click(),
  ]);
  await expect(article).toHaveURL(/\/ajuda\/bloquear-contato#a-lista-do-proprio-whatsapp$/);
  const heading = article.getByRole('heading', { name: 'A lista do próprio WhatsApp' });
  await expect(heading).toBeInViewport();
  await expect(heading).toBeFocused();
  await article.getByRole('link', { name: 'Apagar os dados de uma pessoa' }).click();
  await expect(article).toHaveURL(/\/ajuda\/apagar-dados$/);
  await expect(article.getByRole('heading', { level: 1 })).toBeInViewport();
  await article.goto('/ajuda/bloquear-contato');
  await expect(article.getByRole('img', { name: /^A caixa de bloqueio/ })).toHaveJSProperty(
    'complete',
    true,
  );
  for (const width of [1440, 1024, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await article.emulateMedia({ colorScheme });
      await keepPicture(article, testInfo, `article-${colorScheme}`, width);
    }
  }
  await expect(dialog.getByRole('textbox', { name: /^Observação/ })).toHaveValue(
    'já ligou três vezes',
  );
  await page.bringToFront();
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await keepPicture(page, testInfo, `block-dialog-${colorScheme}`, width);
  }
});

test('an article is in the language of its reader, and waits for the connection', async ({
  team,
  seat,
}, testInfo) => {
  const { page, context, faults } = await seat(team.agent, { path: '/ajuda/remocao' });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('O que a remoção faz');
  // An answer that does not arrive loses nothing that was typed.
  await page.getByRole('button', { name: 'Não', exact: true }).click();
  const box = page.getByRole('textbox', { name: 'Que pena. O que faltou?' });
  await box.fill(missing);
  faults.allow(networkAway);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Enviar' }).click();
  await expect(page.getByRole('alert')).toContainText('Não foi possível falar com o servidor');
  await expect(box).toHaveValue(missing);
  await keepPicture(page, testInfo, 'offline', 1440, box);
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Enviar' }).click();
  await expect(page.getByText('A administração vai ler.')).toBeVisible();

  const set = await page.request.patch('/api/v1/me', { data: { locale: 'es' } });
  expect(set.status()).toBe(200);
  await page.goto('/ajuda/remocao#o-que-ela-nao-faz');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Qué hace la retirada y qué no');
  await expect(page.getByRole('heading', { name: 'Lo que no hace' })).toBeFocused();
  await expect(page.getByText('¿Este artículo fue útil?')).toBeVisible();
  // The name of a file in another language leads there as well.
  await page.goto('/ajuda/erase-data');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Borrar los datos de una persona (LGPD)',
  );
  await page.goto('/ajuda/nada');
  await expect(page.getByText('Este artículo no existe')).toBeVisible();
  await expectAccessible(page, 'an article that is not there');
});
