import { readFile } from 'node:fs/promises';
import type { Page, TestInfo } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { expectAccessible } from './support/accessibility.ts';
import { nextSecond } from './support/block-screen.ts';
import { keepPicture } from './support/keep-picture.ts';
import { aPerson, type Person } from './support/person.ts';
import { expect, test } from './support/story.ts';

const blockedRows = 9_990;

/** As a spreadsheet in Portuguese writes it: Windows-1252, semicolons; with ten rows that are wrong or said twice. */
const fileOf = (person: Person): Buffer => {
  const numbers = Array.from({ length: blockedRows - 1 }, (_, n) => `55219${81_000_000 + n}`);
  const good = [person.phone, ...numbers].map(
    (number, n) => `${number};Pessoa ${n};Assédio sexual;`,
  );
  const wrong = [
    '55219810;Curta;Spam;',
    '5,52198E+12;Cortada;Spam;',
    '5521981000000;Sem motivo;;',
    '5521991000001;Outra;Porque sim;',
    '5521991000002;Data;Spam;31/02/2027',
    '5521991000003;Passada;Spam;01/01/2020',
    ';Sem número;Spam;',
    'abc;Letras;Spam;',
  ];
  const twice = ['5521981000000;De novo;Spam;', `${person.phone};De novo;Spam;`];
  const lines = ['Número;Nome;Motivo;Até', ...good, ...wrong, ...twice];
  return Buffer.from(lines.join('\r\n'), 'latin1');
};

const choose = (page: Page, file: Buffer) =>
  page
    .getByLabel('Escolher arquivo')
    .setInputFiles({ name: 'lista.csv', mimeType: 'text/csv', buffer: file });

const picturesOf = async (page: Page, info: TestInfo, name: string) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 1024, 390]) {
      await keepPicture(page, info, `${name}-${colorScheme}`, width);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
};

const showing = (page: Page, name: RegExp) => page.getByRole('radio', { name }).check();
const dataRows = (page: Page) => page.locator('tbody').getByRole('row');

test('a file of 10,000 rows is checked, imported, and changes nothing the second time', async ({
  team,
  sim,
  seat,
}, info) => {
  test.setTimeout(300_000);
  const rui = aPerson('Rui');
  const { page } = await seat(team.administrator, { path: '/bloqueios' });
  await page.getByRole('link', { name: 'Importar' }).click();
  await expect(page.getByText('Nenhuma importação ainda.')).toBeVisible();
  await picturesOf(page, info, 'import-empty');

  await choose(page, fileOf(rui));
  await expect(page.getByRole('heading', { name: 'Conferir antes de importar' })).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('radio', { name: 'Contato novo 9.990' })).toBeVisible();
  await expect(page.getByText('8 linhas com erro ficam de fora.')).toBeVisible();
  await showing(page, /^Com erro 8$/);
  await expect(dataRows(page)).toHaveCount(8);
  await expect(dataRows(page).nth(1)).toContainText('9993');
  await expect(dataRows(page).nth(1)).toContainText('a planilha cortou o número');
  await showing(page, /^Repetida 2$/);
  await expect(dataRows(page).last()).toContainText('repete a linha 2');
  await showing(page, /^Todas/);
  await picturesOf(page, info, 'import-preview');

  await page.getByRole('button', { name: 'Importar 9.990 linhas' }).click();
  await expect(page.getByRole('heading', { name: 'Importando' })).toBeVisible();
  await keepPicture(page, info, 'import-progress', 1440);
  await expect(page.getByRole('heading', { name: 'Importação concluída' })).toBeVisible({
    timeout: 120_000,
  });
  await expect(page.getByRole('radio', { name: 'Bloqueado 9.990' })).toBeVisible();
  await picturesOf(page, info, 'import-done');

  // The gate holds for somebody whom nobody had ever heard of.
  await sim.write(rui, 'Deixa eu entrar');
  await page.getByRole('link', { name: 'Conversas' }).first().click();
  await expect(page.getByText('Deixa eu entrar')).toHaveCount(0);
  await expect(page.getByText(rui.name)).toHaveCount(0);

  await page.goto('/bloqueios/importar');
  await expect(page.getByText('9.990 bloqueados')).toBeVisible();
  await keepPicture(page, info, 'import-past', 1440);
  await page.setViewportSize({ width: 1280, height: 800 });
  await choose(page, fileOf(rui));
  await expect(page.getByRole('radio', { name: 'Já bloqueado 9.990' })).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('button', { name: 'Nada a importar' })).toBeDisabled();
  await page.getByRole('button', { name: 'Descartar' }).click();
  await expect(page.getByText('Cancelada')).toBeVisible();

  // A part of it was wrong, and more than a page shows: it is taken back at once.
  await page.goto('/bloqueios?busca=Pessoa 12');
  await page.getByRole('button', { name: 'Selecionar', exact: true }).click();
  const bar = page.getByRole('region', { name: 'Ações com os selecionados' });
  await bar.getByRole('button', { name: 'Todos os encontrados' }).click();
  await expect(bar).toContainText('111 selecionados');
  await page.getByPlaceholder('Nome, número ou id').fill('Pessoa 0');
  await page.getByRole('checkbox', { name: 'Selecionar Pessoa 0', exact: true }).check();
  await expect(bar).toContainText('112 selecionados');
  await picturesOf(page, info, 'select-found');
  await bar.getByRole('button', { name: 'Desbloquear' }).click();
  const lift = page.getByRole('alertdialog', { name: 'Desbloquear 112 contatos?' });
  await expect(lift.getByRole('listitem')).toHaveCount(112);
  await picturesOf(page, info, 'lift-found');
  await lift.getByRole('button', { name: 'Desbloquear contatos' }).click();
  await expect(lift).toContainText('100 de 112…');
  await expect(lift).toContainText('112 contatos desbloqueados.', { timeout: 60_000 });
  await lift.getByRole('button', { name: 'Concluir' }).click();
  await expect(page.getByText('Nenhum bloqueio com esses filtros.')).toBeVisible();
  await nextSecond();
  await sim.write(rui, 'Agora entrei');
  await page.getByRole('link', { name: 'Conversas' }).first().click();
  await expect(page.getByText('Agora entrei').first()).toBeVisible();
});

test('what is exported is a file that a spreadsheet opens and an import reads', async ({
  team,
  seat,
}, info) => {
  const { page } = await seat(team.administrator, { path: '/bloqueios/importar' });
  const file = 'numero;motivo;observacao\n11981234567;fraude;"=1+1"\n+12125550143;spam;\n';
  await expectAccessible(page, 'the import of blocks');
  await choose(page, Buffer.from(file));
  const start = page.getByRole('button', { name: 'Importar 2 linhas' });
  await expect(start).toBeVisible();
  await expectAccessible(page, 'a file of blocks, checked');
  await start.click();
  await expect(page.getByRole('heading', { name: 'Importação concluída' })).toBeVisible({
    timeout: 30_000,
  });
  await expectAccessible(page, 'a file of blocks, imported');
  await page.getByRole('link', { name: 'Bloqueios' }).last().click();
  await page.getByRole('button', { name: 'Exportar' }).click();
  await picturesOf(page, info, 'export');
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Baixar CSV' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('bloqueios.csv');
  const bytes = await readFile(await download.path());
  const rows: Record<string, string>[] = parse(bytes, { bom: true, delimiter: ';', columns: true });
  const byNumber = new Map(rows.map((row) => [row['Número'], row]));
  const fraud = { Motivo: 'Golpe ou fraude', Observação: "'=1+1" };
  expect(byNumber.get('+5511981234567')).toMatchObject(fraud);
  expect(byNumber.get('+12125550143')).toMatchObject({ Motivo: 'Spam', Observação: '' });

  await page.goto('/bloqueios/importar');
  await choose(page, bytes);
  await expect(page.getByRole('button', { name: 'Nada a importar' })).toBeDisabled();
});

test('a wrong file is taken back: its blocks are lifted, and what somebody said since stays', async ({
  team,
  sim,
  seat,
}, info) => {
  const rui = aPerson('Rui');
  const { page } = await seat(team.administrator, { path: '/bloqueios/importar' });
  const others = ['11981230001', '11981230002', '11981230003'];
  const rows = [rui.phone, ...others].map((number) => `${number};spam`);
  await choose(page, Buffer.from(`numero;motivo\n${rows.join('\n')}\n`));
  await page.getByRole('button', { name: 'Importar 4 linhas' }).click();
  const standing = page.getByText('4 bloqueios desta importação ainda valem como ela os fez.');
  await expect(standing).toBeVisible({ timeout: 30_000 });
  await picturesOf(page, info, 'undo-offered');

  // One of them is a block for good by now.
  await page.evaluate(async () => {
    const { items } = await (await fetch('/api/v1/blocks?limit=4')).json();
    const kept = items.find(
      ({ contactPhone }: { contactPhone: string }) => contactPhone === '+5511981230003',
    );
    await fetch(`/api/v1/contacts/${kept.contactId}/block`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'fraud' }),
    });
  });
  await page.getByRole('button', { name: 'Desfazer importação' }).click();
  const asking = page.getByRole('alertdialog', {
    name: 'Desfazer a importação e desbloquear 3 contatos?',
  });
  await expect(asking).toContainText('nada do que parou é enviado sozinho');
  await expect(asking).toContainText('1 bloqueio que alguém mudou ou confirmou depois');
  await expectAccessible(page, 'the undoing of an import, asked');
  await picturesOf(page, info, 'undo-asked');
  await asking.getByRole('button', { name: 'Desfazer importação' }).click();
  await expect(
    page.getByText(/^Importação desfeita por .*: 3 contatos desbloqueados\.$/),
  ).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Nenhum bloqueio desta importação vale mais')).toBeVisible();
  await expect(
    page.getByText('1 bloqueio que alguém mudou ou confirmou depois continua.'),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Desfazer importação' })).toHaveCount(0);
  await expectAccessible(page, 'an import, undone');
  await picturesOf(page, info, 'undo-done');
  await page.goto('/bloqueios/importar');
  await expect(page.getByText('desfeita: 3 desbloqueados')).toBeVisible();

  await nextSecond();
  await sim.write(rui, 'Voltei');
  await page.getByRole('link', { name: 'Conversas' }).first().click();
  await expect(page.getByText('Voltei').first()).toBeVisible();
});

test('a file that is none is refused in words, and agents and moderators do not import', async ({
  team,
  seat,
}) => {
  const { page, faults } = await seat(team.administrator, { path: '/bloqueios/importar' });
  faults.allow(/422 .*block-imports/);
  await choose(page, Buffer.from('nome;cidade\nAna;Recife\n'));
  await expect(page.getByRole('alert')).toContainText('número (ou id) e motivo');
  const { page: other } = await seat(team.moderator, { path: '/bloqueios/importar' });
  await expect(other.getByText('Só a administração importa bloqueios.')).toBeVisible();
});

test('a list goes to another unit under a key, and keeps its people out from their first word on', async ({
  team,
  sim,
  seat,
}, info) => {
  const rui = aPerson('Rui');
  const { page, faults } = await seat(team.administrator, { path: '/bloqueios/importar' });
  await choose(page, Buffer.from(`numero;motivo\n${rui.phone};fraude\n`));
  await page.getByRole('button', { name: 'Importar 1 linha' }).click();
  await expect(page.getByRole('heading', { name: 'Importação concluída' })).toBeVisible({
    timeout: 30_000,
  });
  await page.getByRole('button', { name: 'Importar outro arquivo' }).click();
  await page.getByRole('button', { name: 'Gerar lista' }).click();
  const making = page.getByRole('dialog', { name: 'Gerar lista de troca' });
  await expect(making).toContainText('Quem tem a chave consegue descobrir os números');
  await making.getByRole('button', { name: 'Gerar lista' }).click();
  const key = await making.getByRole('textbox', { name: /^Chave: copie agora/ }).inputValue();
  await keepPicture(page, info, 'exchange-key', 1440);
  await making.getByRole('button', { name: 'Fechar' }).last().click();
  const made = page.getByRole('region', { name: 'Listas geradas' });
  const downloading = page.waitForEvent('download');
  await made.getByRole('link', { name: 'Baixar lista' }).click({ timeout: 30_000 });
  const bytes = await readFile(await (await downloading).path());
  expect(bytes.toString()).not.toContain(rui.phone.slice(4));

  // The other unit: here the same one, where that person has been let in again.
  await page.evaluate(async () => {
    const { items } = await (await fetch('/api/v1/blocks')).json();
    await fetch(`/api/v1/contacts/${items[0].contactId}/block`, { method: 'DELETE' });
  });
  const ana = aPerson('Ana');
  await sim.write(ana, 'Bom dia');
  await page.getByLabel('Adicionar lista').setInputFiles({
    name: 'norte.guarita-list',
    mimeType: 'text/plain',
    buffer: bytes,
  });
  const giving = page.getByRole('dialog', { name: 'Chave da lista norte' });
  await giving.getByRole('textbox', { name: 'Chave' }).fill('uma chave que não é desta lista');
  faults.allow(/422 .*exchange-lists/);
  await giving.getByRole('button', { name: 'Usar a lista' }).click();
  await expect(giving.getByRole('alert')).toContainText('não é a chave desta lista');
  await giving.getByRole('textbox', { name: 'Chave' }).fill(key);
  await giving.getByRole('button', { name: 'Usar a lista' }).click();
  await expect(giving).toBeHidden();
  await expect(page.getByText('Números: 1 · encontrados e bloqueados: 1')).toBeVisible({
    timeout: 30_000,
  });
  await picturesOf(page, info, 'exchange');
  await sim.write(rui, 'Sou eu de novo');
  await sim.write(ana, 'Tudo bem?');
  await page.getByRole('link', { name: 'Conversas' }).first().click();
  await expect(page.getByText('Tudo bem?').first()).toBeVisible();
  await expect(page.getByText('Sou eu de novo')).toHaveCount(0);
});
