import { readFile } from 'node:fs/promises';
import { expectAccessible } from './support/accessibility.ts';
import { networkAway } from './support/faults.ts';
import { keepPicture } from './support/keep-picture.ts';
import { tellHistory } from './support/report-history.ts';
import { expect, test } from './support/story.ts';

test('an administrator reads how the team is protected, on the screen, as a file and on paper', async ({
  team,
  doors,
  seat,
}, testInfo) => {
  test.slow();
  await tellHistory(doors, team);
  const { page, context, faults } = await seat(team.administrator);
  await page.getByRole('link', { name: 'Relatórios' }).click();
  await expect(page).toHaveURL(/\/relatorios\/protecao$/);
  await expect(page).toHaveTitle(/Relatórios · Guarita$/);
  const removals = page.getByRole('region', { name: 'Solicitações de remoção' });
  const totals = removals.getByRole('table').first();
  await expect(totals.getByRole('row', { name: 'Total 24', exact: true })).toBeVisible();
  await expect(removals.locator('svg.recharts-surface')).toBeVisible();
  // Thirty days and a line for their names: for a reader always, for the eye when it is wanted.
  const spread = removals.getByRole('table').nth(1);
  await expect(spread.getByRole('row')).toHaveCount(31);
  await removals.getByRole('button', { name: 'Ver a tabela por período' }).click();
  await expect(spread.getByRole('columnheader', { name: 'Ofensa ou ameaça' })).toBeInViewport();
  await removals.getByRole('button', { name: 'Ocultar a tabela' }).click();
  await expect(page.getByText('22 decididas')).toBeVisible();
  for (const { name } of [team.agent, team.colleague, team.moderator]) {
    await expect(page.getByText(name)).toHaveCount(0);
  }
  await expectAccessible(page, 'the report');

  for (const width of [1440, 1024, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator('[data-report]').evaluate((report) => report.scrollTo(0, 0));
      await keepPicture(page, testInfo, `report-${colorScheme}`, width);
      await keepPicture(
        page,
        testInfo,
        `report-foot-${colorScheme}`,
        width,
        page
          .getByText('Por canal')
          .or(page.getByRole('heading', { name: 'Bloqueios', exact: true }))
          .last(),
      );
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(
    page.getByRole('heading', { name: 'Relatório de proteção da equipe' }),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Imprimir' })).toBeHidden();
  await expect(page.getByRole('navigation')).toBeHidden();
  await testInfo.attach('paper', {
    body: await page.pdf({
      preferCSSPageSize: true,
      printBackground: true,
      path: testInfo.outputPath('paper.pdf'),
    }),
    contentType: 'application/pdf',
  });
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });

  // Period and channel are in the address; what is chosen there is what comes as a file.
  await page.getByRole('radio', { name: '7 dias' }).check();
  await expect(page).toHaveURL(/periodo=7d/);
  await expect(spread.getByRole('row')).toHaveCount(8);
  await page.getByRole('combobox', { name: 'Canal' }).selectOption('Pós-venda');
  await expect(page).toHaveURL(/canal=/);
  await page.getByRole('radio', { name: 'Canal' }).check();
  await expect(totals.getByRole('rowheader', { name: 'Pós-venda' })).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Baixar CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^protecao-[\d-]{21}\.csv$/);
  const csv = await readFile((await file.path()) ?? '', 'utf8');
  expect(csv.match(/^removal-requests;/gm)).toHaveLength(7);
  expect(csv).not.toContain(team.shop);

  // Without a connection what is here stays, and what is not says so.
  faults.allow(networkAway);
  await context.setOffline(true);
  await page.getByRole('radio', { name: '90 dias' }).check();
  await expect(page.getByText('O relatório não pôde ser carregado')).toBeVisible({
    timeout: 20_000,
  });
  await context.setOffline(false);
  // It heals by itself.
  await expect(totals).toBeVisible();
});

test('a team without incidents is told so, and nobody else is shown the report', async ({
  team,
  seat,
}) => {
  const { page } = await seat(team.administrator, { path: '/relatorios' });
  await expect(page.getByText('Nenhuma solicitação de remoção neste período.')).toBeVisible();
  await expect(page.getByText('Ninguém viu o que depois foi removido.')).toBeVisible();
  await expectAccessible(page, 'the report of nothing');
  await page.getByLabel('Até', { exact: true }).fill('2020-01-01');
  await expect(page.getByRole('alert')).toContainText('A data final');
  for (const member of [team.agent, team.moderator]) {
    const { page: theirs } = await seat(member, { path: '/relatorios/protecao' });
    await expect(theirs.getByText('Só a administração vê os relatórios.')).toBeVisible();
    await expect(theirs.getByRole('link', { name: 'Relatórios' })).toHaveCount(0);
  }
});
